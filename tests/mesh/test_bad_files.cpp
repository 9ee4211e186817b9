// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "mesh/sample_files.hpp"
#include "temp_dir.hpp"
#include "weyl/core/error.hpp"
#include "weyl/mesh/read.hpp"

namespace {

using weyl::test::SampleFile;
using weyl::test::TempDir;

/// What the judgement of `read()` complains of; empty if it does not.
template <class Read>
std::string complaint(Read read) {
  try {
    static_cast<void>(weyl::to_mesh(read()));
  } catch (const weyl::InputError& error) {
    return error.what();
  }
  return "";
}

std::string complaint_about_file(const std::string& path) {
  return complaint([&path] { return weyl::read_soup(path); });
}

std::string complaint_about(const std::string& name, const std::string& content) {
  return complaint([&] { return weyl::parse_soup(content, name); });
}

struct BadFile {
  std::string name;
  std::string content;
  std::string complaint;
};

void check_complaints(const std::vector<BadFile>& files) {
  for (const BadFile& file : files) {
    CAPTURE(file.content);
    CHECK(complaint_about(file.name, file.content) == file.complaint);
  }
}

std::string u32(std::uint32_t value) {
  std::string bytes(sizeof value, '\0');
  std::memcpy(bytes.data(), &value, sizeof value);
  return bytes;
}

} // namespace

TEST_CASE("files that cannot be any mesh say why") {
  check_complaints({
      {"a.off", "", "a.off: the file is empty"},
      {"a.off", "\x1F\x8B\x08", "a.off: the file is gzip-compressed; decompress it first (gunzip)"},
      {"a.xyz", "1 2 3\n",
       "a.xyz: unknown mesh format; known extensions: .gii .inflated .mesh .msh .obj .off .orig .pial .ply .smoothwm "
       ".sphere .stl .vtk .vtu .white"},
      {"a.msh", "(0 \"Fluent\")\n", "a.msh: the content is not of a format that uses .msh (Gmsh, MEDIT, MFEM, VTK)"},
  });
  const TempDir dir;
  CHECK(complaint_about_file(dir.path("none.off")) ==
        dir.path("none.off") + ": cannot be read: No such file or directory");
  CHECK(complaint_about_file(dir.folder().string()).ends_with(": is a directory, not a file"));
}

TEST_CASE("bad OFF files name the line and the reason") {
  const std::string head = "OFF\n3 1 0\n0 0 0\n1 0 0\n";
  check_complaints({
      {"a.off", "\n# nothing\n", "a.off:2: expected OFF, found the end of the file"},
      {"a.off", "PLY\n", "a.off:1: expected OFF, found 'PLY'"},
      {"a.off", "XOFF\n", "a.off:1: unknown kind of OFF file 'XOFF'"},
      {"a.off", "OFF BINARY\n", "a.off:1: binary OFF is not supported; save it as ascii"},
      {"a.off", "nOFF 4\n", "a.off:1: points with 4 coordinates are not supported (at most 3)"},
      {"a.off", "OFF\n", "a.off:1: unexpected end of file in the header (2 expected, 0 found)"},
      {"a.off", "OFF\n-3 1 0\n", "a.off:2: the number of vertices is negative"},
      {"a.off", "OFF\n4000000000 1 0\n", "a.off:2: the header promises 4000000000 vertices, but only 5 bytes follow"},
      {"a.off", "OFF\n99999999999999999999 1 0\n",
       "a.off:2: count '99999999999999999999' is not an integer that fits 64 bits"},
      {"a.off", "OFF\n3.5 1 0\n", "a.off:2: count '3.5' is not an integer"},
      {"a.off", head, "a.off:4: unexpected end of file in the vertices (3 expected, 2 found)"},
      {"a.off", head + "0 1\n", "a.off:5: unexpected end of file in the vertices (3 expected, 2 found)"},
      {"a.off", head + "0 1\n\n3 0 1 2\n", "a.off:5: expected a coordinate, found the end of the line"},
      {"a.off", head + "0 one 0\n", "a.off:5: coordinate 'one' is not a number"},
      {"a.off", head + "0 1,0 0\n", "a.off:5: coordinate '1,0' is not a number"},
      {"a.off", head + "0 inf 0\n", "a.off:5: coordinate is not finite"},
      {"a.off", head + "0 1e999 0\n", "a.off:5: coordinate is not finite"},
      {"a.off", head + "0 1 0\n", "a.off:5: unexpected end of file in the faces (1 expected, 0 found)"},
      {"a.off", head + "0 1 0\n3 0 1 3\n", "a.off:6: vertex index 3 is out of range (3 vertices)"},
      {"a.off", head + "0 1 0\n3 0 1 -1\n", "a.off:6: vertex index -1 is out of range (3 vertices)"},
      {"a.off", head + "0 1 0\n3 0 1 1.5\n", "a.off:6: vertex index '1.5' is not an integer"},
      {"a.off", head + "0 1 0\n0\n", "a.off:6: a face without corners"},
      {"a.off", head + "0 1 0\n3 0 1\n# end\n", "a.off:7: unexpected end of file in the faces (1 expected, 0 found)"},
      {"a.off", "4OFF\n1 0 0\n1 2 3 0\n", "a.off:3: a point at infinity (last homogeneous coordinate 0)"},
  });
}

TEST_CASE("bad OBJ files name the line and the reason") {
  const std::string points = "v 0 0 0\nv 1 0 0\nv 0 1 0\n";
  check_complaints({
      {"a.obj", points + "f 0 1 2\n", "a.obj:4: OBJ indices start at 1"},
      {"a.obj", points + "f 1 2 4\n", "a.obj:4: vertex index 4 is out of range (3 vertices)"},
      {"a.obj", points + "f 1 2 -4\n", "a.obj:4: vertex index -4 is out of range (3 vertices so far)"},
      {"a.obj", points + "f 1 2 x\n", "a.obj:4: 'x' is not a vertex index"},
      {"a.obj", points + "f 1 2 99999999999\n", "a.obj:4: '99999999999' is not a vertex index"},
      {"a.obj", points + "f 1\n", "a.obj:4: a face or line needs at least 2 vertices"},
      {"a.obj", "v 0 nan 0\n", "a.obj:1: coordinate is not finite"},
      {"a.obj", "v 0 0\nv 0 0 0\n", "a.obj:1: expected a coordinate, found the end of the line"},
      {"a.obj", points, "a.obj: there is no cell (segment, polygon or tetrahedron)"},
  });
}

TEST_CASE("bad PLY files name the place and the reason") {
  const std::string start = "ply\nformat ascii 1.0\n";
  const std::string vertices = "element vertex 3\nproperty float x\nproperty float y\nproperty float z\n";
  const std::string faces = "element face 1\nproperty list uchar int vertex_indices\nend_header\n";
  const std::string points = "0 0 0\n1 0 0\n0 1 0\n";
  check_complaints({
      {"a.ply", "plx\n", "a.ply:1: expected ply"},
      {"a.ply", "ply\nformat binary 1.0\n", "a.ply:2: unknown PLY format 'binary'"},
      {"a.ply", "ply\nend_header\n", "a.ply:2: the header names no format"},
      {"a.ply", start + vertices, "a.ply:6: unexpected end of file in the header"},
      {"a.ply", start + "element vertex 3\nproperty real x\n", "a.ply:4: unknown PLY type 'real'"},
      {"a.ply", start + "nonsense\n", "a.ply:3: 'nonsense' is not expected here"},
      {"a.ply", start + "element vertex 3000000000\n",
       "a.ply:3: the header promises 3000000000 vertices, but only 1 byte follow"},
      {"a.ply", start + "element face 1\nend_header\n", "a.ply:4: the header names no element vertex"},
      {"a.ply", start + "element vertex 1\nproperty float x\nend_header\n1\n",
       "a.ply:6: the vertices have no property y"},
      {"a.ply", start + vertices + "element face 1\nproperty int a\nend_header\n" + points + "1\n",
       "a.ply:12: the faces have no list vertex_indices"},
      {"a.ply", start + vertices + faces + points + "3 0 1 3\n",
       "a.ply:13: vertex index 3 is out of range (3 vertices)"},
      {"a.ply", start + vertices + faces + points + "300000 0 1 2\n",
       "a.ply:13: the header promises 300000 corners, but only 7 bytes follow"},
      {"a.ply", start + vertices + faces + points + "3 0 1\n",
       "a.ply:13: unexpected end of file in the faces (1 expected, 0 found)"},
      {"a.ply", start + vertices + "element tristrips 1\nproperty list int int vertex_indices\nend_header\n" + points,
       "a.ply:12: triangle strips are not supported; save the mesh with faces"},
      {"a.ply", "ply\nformat binary_little_endian 1.0\n" + vertices + faces + std::string(36, '\0'),
       "a.ply: unexpected end of file in the faces (1 expected, 0 found), at byte 205"},
  });
}

TEST_CASE("bad STL files name the place and the reason") {
  check_complaints({
      {"a.stl", "hello\n", "a.stl:1: 'hello' does not belong into an STL file"},
      {"a.stl", "solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nendloop\n",
       "a.stl:6: a facet needs 3 vertices"},
      {"a.stl", "solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0\n", "a.stl:4: unexpected end of file"},
      {"a.stl", "solid a\nfacet normal 0 0 1\nouter loop\n", "a.stl:3: unexpected end of file: 'endsolid' is missing"},
      {"a.stl", std::string(80, '\0') + u32(0xFFFFFFFF) + std::string(50, '\0'),
       "a.stl: the header promises 4294967295 triangles (214748364834 bytes), but the file has 134 bytes, at byte 84"},
      {"a.stl",
       std::string(80, '\0') + u32(1) + std::string(12, '\0') + u32(std::bit_cast<std::uint32_t>(1.0F / 0.0F)) +
           std::string(34, '\0'),
       "a.stl: coordinate is not finite, at byte 100"},
  });
}

TEST_CASE("bad VTK files name the place and the reason") {
  const std::string start = "# vtk DataFile Version 3.0\nt\nASCII\nDATASET ";
  const std::string points = "POINTS 3 float\n0 0 0 1 0 0 0 1 0\n";
  const std::string grid = start + "UNSTRUCTURED_GRID\n" + points;
  check_complaints({
      {"a.vtk", "# vtk DataFile Version 3.0\nt\nTEXT\n", "a.vtk:3: expected ASCII or BINARY, found 'TEXT'"},
      {"a.vtk", start + "STRUCTURED_GRID\n",
       "a.vtk:4: data set 'STRUCTURED_GRID' is not supported (POLYDATA and UNSTRUCTURED_GRID are)"},
      {"a.vtk", start + "POLYDATA\n" + points + "POLYGONS 1 4\n3 0 1 3\n",
       "a.vtk:8: vertex index 3 is out of range (3 vertices)"},
      {"a.vtk", start + "POLYDATA\nPOINTS 3 real\n", "a.vtk:5: number type 'real' is not supported"},
      {"a.vtk", start + "POLYDATA\nPOINTS 3 float\n0 0 0 1 0\n",
       "a.vtk:6: unexpected end of file in the vertices (3 expected, 1 found)"},
      {"a.vtk", start + "POLYDATA\n" + points + "POLYGON 1 4\n", "a.vtk:7: unknown keyword 'POLYGON'"},
      {"a.vtk", grid + "CELLS 1 4\n3 0 1 2\n", "a.vtk:8: 1 cells, but 0 cell types"},
      {"a.vtk", grid + "CELLS 1 4\n3 0 1 2\nCELL_TYPES 1\n12\n",
       "a.vtk: cell 0 has VTK type 12: only segments, triangles, polygons and tetrahedra are supported; split the "
       "other "
       "cells first"},
      {"a.vtk", grid + "CELLS 1 4\n3 0 1 2\nCELL_TYPES 1\n10\n", "a.vtk: cell 0 of VTK type 10 has 3 points"},
      {"a.vtk", grid + "CELLS 2 3\nOFFSETS vtktypeint64\n0 4\nCONNECTIVITY vtktypeint64\n0 1 2\n",
       "a.vtk:9: offset 4 is not between 0 and 3"},
  });
}

TEST_CASE("bad VTU and GIFTI files name the line of the array") {
  const std::string start = "<VTKFile type=\"UnstructuredGrid\" byte_order=\"LittleEndian\">\n<UnstructuredGrid>\n";
  const std::string end = "</UnstructuredGrid></VTKFile>";
  const std::string piece = "<Piece NumberOfPoints=\"1\" NumberOfCells=\"1\">\n<Points>\n";
  const auto points = [&](const std::string& array) { return start + piece + array + "</Points></Piece>" + end; };
  const std::string gifti = "<GIFTI>\n<DataArray Intent=\"NIFTI_INTENT_POINTSET\" Dimensionality=\"2\" Dim0=\"1\" ";
  check_complaints({
      {"a.vtu", "<VTKFile>\n<a>\n</b></VTKFile>", "a.vtu:3: damaged XML: Start-end tags mismatch"},
      {"a.vtu", "<VTKFile type=\"PolyData\"></VTKFile>",
       "a.vtu:1: VTKFile of type 'PolyData' is not supported; save it as UnstructuredGrid"},
      {"a.vtu", R"(<VTKFile type="UnstructuredGrid" compressor="vtkLZ4DataCompressor"></VTKFile>)",
       "a.vtu:1: compressor 'vtkLZ4DataCompressor' is not supported (vtkZLibDataCompressor is)"},
      {"a.vtu", start + "<Piece/>" + end, "a.vtu:3: NumberOfPoints is missing, negative or too large"},
      {"a.vtu", points(R"(<DataArray type="Real" format="ascii"/>)"), "a.vtu:5: unknown number type 'Real'"},
      {"a.vtu", points("<DataArray type=\"Float32\" format=\"ascii\">\n0 0\n</DataArray>"),
       "a.vtu:6: unexpected end of file in the array (3 expected, 2 found)"},
      {"a.vtu", points(R"(<DataArray type="Float32" format="ascii">0 0 nan</DataArray>)"),
       "a.vtu:5: coordinate is not finite"},
      {"a.vtu", points(R"(<DataArray type="Float32" format="binary">AAA</DataArray>)"),
       "a.vtu:5: the data of this array are damaged or cut off"},
      {"a.vtu", points(R"(<DataArray type="Float32" format="binary">BAAAAAAAAAA=</DataArray>)"),
       "a.vtu:5: 3 numbers expected, 1 found"},
      {"a.gii", "<GIFTI>\n</GIFTI>", "a.gii:1: the file holds no surface: no array NIFTI_INTENT_POINTSET"},
      {"a.gii", gifti + "Dim1=\"2\"/></GIFTI>", "a.gii:2: expected an array of n x 3 numbers, found 1 x 2"},
      {"a.gii", gifti + R"(Dim1="3" DataType="NIFTI_TYPE_FLOAT32" Encoding="ExternalFileBinary"/></GIFTI>)",
       "a.gii:2: encoding 'ExternalFileBinary' is not supported"},
      {"a.gii",
       gifti + "Dim1=\"3\" DataType=\"NIFTI_TYPE_FLOAT32\" "
               "Encoding=\"GZipBase64Binary\"><Data>AAAA</Data></DataArray></GIFTI>",
       "a.gii:2: the data of this array are damaged, cut off, or not of the size that the file says"},
      {"a.gii", gifti + R"(Dim1="3" ArrayIndexingOrder="ColumnMajorOrder"/></GIFTI>)",
       "a.gii:2: arrays in column-major order are not supported"},
  });
}

TEST_CASE("bad Gmsh files name the place and the reason") {
  const std::string start = "$MeshFormat\n2.2 0 8\n$EndMeshFormat\n";
  const std::string nodes = "$Nodes\n3\n1 0 0 0\n2 1 0 0\n3 0 1 0\n$EndNodes\n";
  check_complaints({
      {"a.msh", "$NOD\n", "a.msh:1: Gmsh MSH 1 is not supported; save the mesh as version 4.1 or 2.2"},
      {"a.msh", "$MeshFormat\n4.0 0 8\n",
       "a.msh:2: Gmsh MSH '4.0' is not supported; save the mesh as version 4.1 or 2.2"},
      {"a.msh", start + nodes, "a.msh:9: unexpected end of file: $Elements is missing"},
      {"a.msh", start + "$Nodes\n3\n1 0 0 0\n$EndNodes\n", "a.msh:7: node number '$EndNodes' is not an integer"},
      {"a.msh", start + nodes + "$Elements\n1\n1 2 0 1 2 4\n$EndElements\n", "a.msh:12: node 4 is not in the file"},
      {"a.msh", start + nodes + "$Elements\n1\n1 5 0 1 2 3\n$EndElements\n",
       "a.msh:12: element type 5: only segments, triangles, polygons and tetrahedra are supported; split the other "
       "cells first"},
      {"a.msh", start + nodes + "$Elements\n1\n1 2 0 1 2 3\n",
       "a.msh:12: unexpected end of file: $EndElements is missing"},
      {"a.msh",
       start + "$Nodes\n2\n-9223372036854775806 0 0 0\n4 1 0 0\n$EndNodes\n$Elements\n1\n1 1 0 1 4\n$EndElements\n",
       "a.msh:11: node 1 is not in the file"},
      {"a.msh", start + "$Comments\n", "a.msh:4: unexpected end of file: $EndComments is missing"},
  });
}

TEST_CASE("bad MEDIT and MFEM files name the line and the reason") {
  const std::string medit = "MeshVersionFormatted 2\nDimension 2\nVertices 3\n0 0 0\n1 0 0\n0 1 0\n";
  const std::string mfem = "MFEM mesh v1.0\ndimension\n2\nelements\n1\n";
  check_complaints({
      {"a.mesh", "MeshVersionFormatted 2\nDimension 4\n", "a.mesh:2: dimension 4 is not supported (2 or 3)"},
      {"a.mesh", medit + "Triangles 1\n1 2 4 0\n", "a.mesh:8: vertex index 4 is out of range (3 vertices)"},
      {"a.mesh", medit + "Triangles 1\n0 1 2 0\n", "a.mesh:8: vertex index 0: indices start at 1"},
      {"a.mesh", medit + "Triangles 2\n1 2 3 0\n",
       "a.mesh:8: unexpected end of file in the triangles (2 expected, 1 found)"},
      {"a.mesh", medit + "Hexahedra 1\n1 2 3 1 2 3 1 2 0\n",
       "a.mesh:7: 1 hexahedra: only segments, triangles, polygons and tetrahedra are supported; split the other cells "
       "first"},
      {"a.mesh", "MFEM NC mesh v1.0\n", "a.mesh:1: only 'MFEM mesh v1.0' is supported, not 'MFEM NC mesh v1.0'"},
      {"a.mesh", mfem + "1 5 0 1 2 3 4 5 6 7\n",
       "a.mesh:6: geometry type 5: only segments, triangles, polygons and tetrahedra are supported; split the other "
       "cells first"},
      {"a.mesh", mfem + "1 2 0 1 3\nvertices\n3\n2\n0 0\n1 0\n0 1\n",
       "a.mesh:6: vertex index 3 is out of range (3 vertices)"},
      {"a.mesh", mfem + "1 2 0 1 2\nvertices\n3\n\nnodes\nFiniteElementSpace\n",
       "a.mesh:10: the coordinates are in a 'nodes' section (a curved or periodic mesh), which is not supported"},
      {"a.mesh", mfem + "1 2 0 1 2\nvertices\n3\n2\n0 0\n1 0",
       "a.mesh:11: unexpected end of file in the vertices (3 expected, 2 found)"},
      {"a.mesh", mfem + "1 2 0 1 2\ncurves\n", "a.mesh:7: unknown section 'curves'"},
  });
}

TEST_CASE("bad FreeSurfer files name the byte and the reason") {
  const std::string magic = "\xFF\xFF\xFE";
  check_complaints({
      {"lh.white", "\xFF\xFF\xFF",
       "lh.white: not a FreeSurfer triangle surface (it does not start with ff ff fe), at byte 0"},
      {"lh.white", magic + "by me\n\n", "lh.white: unexpected end of file, at byte 10"},
      {"lh.white", magic + "by me\n\n" + std::string("\x7F\xFF\xFF\xFF\0\0\0\1", 8),
       "lh.white: the header promises 2147483647 vertices, but only 4 bytes follow, at byte 14"},
  });
}

TEST_CASE("a file cut off anywhere, or with a byte changed, is read or refused, but never worse") {
  for (const SampleFile& file : weyl::test::sample_files()) {
    CAPTURE(file.variant);
    for (std::size_t size = 0; size < file.content.size(); ++size) {
      CHECK_NOTHROW(static_cast<void>(complaint_about(file.name, file.content.substr(0, size))));
      std::string changed = file.content;
      changed[size] = static_cast<char>(changed[size] ^ 0x15);
      CHECK_NOTHROW(static_cast<void>(complaint_about(file.name, changed)));
    }
  }
}

TEST_CASE("the malformed and odd files of the reference cases are treated as they ask") {
  const std::filesystem::path folder = std::filesystem::path(WEYL_CASES_DIR) / "bad";
  if (!std::filesystem::exists(folder)) {
    return;
  }
  std::ifstream expectations(folder / "expected.json");
  for (const auto& expected : nlohmann::json::parse(expectations)) {
    const std::string path = (folder / expected["file"].get<std::string>()).string();
    CAPTURE(path);
    const std::string kind = expected["kind"];
    if (kind != "either") {
      CHECK(complaint_about_file(path).empty() == (kind == "accept"));
    }
  }
}
