// SPDX-License-Identifier: GPL-3.0-or-later
#include "mesh/sample_files.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace weyl::test {
namespace {

/// Binary numbers, one after the other.
class Bytes {
public:
  explicit Bytes(std::endian order) : order_(order) {}
  template <class T>
  Bytes& add(std::initializer_list<T> values) {
    for (const T value : values) {
      auto bytes = std::bit_cast<std::array<char, sizeof(T)>>(value);
      if (order_ != std::endian::native) {
        std::reverse(bytes.begin(), bytes.end());
      }
      content_.append(bytes.data(), bytes.size());
    }
    return *this;
  }
  Bytes& i32(std::initializer_list<std::int32_t> values) { return add(values); }
  Bytes& i64(std::initializer_list<std::int64_t> values) { return add(values); }
  Bytes& u8(std::initializer_list<std::uint8_t> values) { return add(values); }
  Bytes& f32(std::initializer_list<float> values) { return add(values); }
  Bytes& f64(std::initializer_list<double> values) { return add(values); }
  Bytes& text(std::string_view text) {
    content_ += text;
    return *this;
  }
  [[nodiscard]] const std::string& content() const { return content_; }

private:
  std::endian order_;
  std::string content_;
};

std::vector<SampleFile> off_files() {
  const std::string points = "0 0 0\n1 0 0\n1 1 0\n0 1 0\n";
  const std::string triangles = "3 0 1 2\n3 0 2 3\n";
  return {
      {"OFF", "a.off", "OFF\n4 2 5\n" + points + triangles},
      {"OFF, counts beside the keyword, no edge count", "a.off", "OFF 4 2\n" + points + triangles},
      {"OFF without keyword", "a.off", "4 2 0\n" + points + triangles},
      {"OFF with a quadrilateral", "a.off", "OFF\n4 1 0\n" + points + "4 0 1 2 3\n"},
      {"OFF with segments", "a.off", "OFF\n4 4 0\n" + points + "2 0 1\n2 1 2\n2 2 3\n2 3 0\n", 1},
      {"OFF with coloured faces", "a.off", "OFF\n4 2 0\n" + points + "3 0 1 2 255 0 0\n3 0 2 3 0.1 0.2 0.3 1\n"},
      {"OFF with comments, CRLF, byte-order mark and plus signs", "a.off",
       "\xEF\xBB\xBF# c\r\nOFF # c\r\n\r\n4 2 0\r\n0 0 0#c\r\n+1 0 0\r\n\r\n1 1e0 0\r\n0 1 0\r\n# c\r\n3 0 1 2\r\n3 0 "
       "2 3"},
      {"COFF", "a.off", "COFF\n4 2 0\n0 0 0 255 0 0 255\n1 0 0 1 2 3 4\n1 1 0 1 2 3 4\n0 1 0 1 2 3 4\n" + triangles},
      {"STCNOFF", "a.off",
       "STCNOFF\n4 2 0\n0 0 0 0 0 1 9 9\n1 0 0 0 0 1 9 9\n1 1 0 0 0 1 9 9\n0 1 0 0 0 1 9 9\n" + triangles},
      {"4OFF", "a.off", "4OFF\n4 2 0\n0 0 0 2\n2 0 0 2\n1 1 0 1\n0 4 0 4\n" + triangles},
      {"nOFF of dimension 2", "a.off", "nOFF\n2\n4 2 0\n0 0\n1 0\n1 1\n0 1\n" + triangles},
      {"OFF by its first bytes", "a.dat", "OFF\n4 2 5\n" + points + triangles},
  };
}

std::vector<SampleFile> obj_files() {
  const std::string points = "v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\n";
  return {
      {"OBJ", "a.obj", "mtllib x.mtl\no square\ng a b\n" + points + "s off\nusemtl m\nf 1 2 3\nf 1 3 4\n"},
      {"OBJ with index triples", "a.obj", points + "vt 0 0\nvn 0 0 1\nf 1/1/1 2//1 3/1\nf 1/1 3 4\n"},
      {"OBJ with negative indices", "a.obj", points + "f -4 -3 -2\nf -4 -2 -1\n"},
      {"OBJ with a continued line", "a.obj", points + "f 1 2 \\\n 3 \\\r\n 4\n"},
      {"OBJ with faces before points, weights and colours", "a.obj",
       "f 1 2 3 4\nv 0 0 0 1\nv 1 0 0 1\nv 1 1 0 0.5 0.5 0.5\nv 0 1 0\n"},
      {"OBJ with lines", "a.OBJ", points + "l 1 2 3\nl 3/1 4/2 1/3\n", 1},
  };
}

std::vector<SampleFile> ply_files() {
  const std::string header = " 1.0\ncomment c\nobj_info o\nelement vertex 4\nproperty float x\nproperty float y\n"
                             "property float z\nelement face 2\nproperty list uchar int vertex_indices\nend_header\n";
  Bytes little(std::endian::little);
  little.text("ply\nformat binary_little_endian 1.0\nelement vertex 4\nproperty uchar red\nproperty double y\n"
              "property list uint8 int16 more\nproperty double x\nproperty double z\nelement camera 1\n"
              "property list int float32 view\nproperty short a\nelement face 2\nproperty uchar flags\n"
              "property list uint uint vertex_index\nelement other 1\nproperty int8 b\nend_header\n");
  const std::array<std::array<double, 2>, 4> corners{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}};
  for (const auto& [x, y] : corners) {
    little.u8({7}).f64({y}).u8({2, 1, 1, 1, 1}).f64({x, 0});
  }
  little.i32({3}).f32({1, 2, 3}).u8({1, 1});
  little.u8({1}).i32({3, 0, 1, 2}).u8({1}).i32({3, 0, 2, 3}).u8({9});
  Bytes big(std::endian::big);
  big.text("ply\r\nformat binary_big_endian").text(header);
  big.f32({0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0}).u8({3}).i32({0, 1, 2}).u8({3}).i32({0, 2, 3});
  return {
      {"PLY ascii", "a.ply", "ply\nformat ascii" + header + "0 0 0\n1 0 0\n1 1 0\n0 1 0\n3 0 1 2\n3 0 2 3\n"},
      {"PLY binary, little-endian, with elements and properties of others", "a.ply", little.content()},
      {"PLY binary, big-endian", "a.ply", big.content()},
      {"PLY with edges", "a.ply",
       "ply\nformat ascii 1.0\nelement vertex 4\nproperty float x\nproperty float y\nproperty float z\n"
       "element edge 4\nproperty int vertex1\nproperty int vertex2\nproperty uchar red\nend_header\n"
       "0 0 0\n1 0 0\n1 1 0\n0 1 0\n0 1 9\n1 2 9\n2 3 9\n3 0 9\n",
       1},
  };
}

std::vector<SampleFile> stl_files() {
  const std::string ascii = "solid a square\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nvertex 1 1 0\n"
                            "endloop\nendfacet\nfacet normal nan nan nan\nouter loop\nvertex 0 0 0\nvertex 1 1 0\n"
                            "vertex -0 1 0\nendloop\nendfacet\nendsolid a square\n";
  std::string upper = ascii;
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](char c) { return static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c); });
  Bytes binary(std::endian::little);
  binary.text("solid in name only" + std::string(62, ' ')).i32({2});
  binary.f32({0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 1, 0}).u8({0, 0});
  binary.f32({0, 0, 1, 0, 0, 0, 1, 1, 0, -0.0F, 1, 0}).u8({0, 0});
  return {
      {"STL ascii", "a.stl", ascii},
      {"STL ascii in capitals", "a.stl", upper},
      {"STL binary that starts with 'solid'", "a.stl", binary.content()},
      {"STL binary by its size", "a.bin", binary.content()},
  };
}

std::vector<SampleFile> vtk_files() {
  const std::string start = "# vtk DataFile Version 3.0\ntitle\n";
  const std::string points = "POINTS 4 float\n0 0 0 1 0 0\n1 1 0 0 1 0\n";
  const std::string tetra_points = "POINTS 4 double\n0 0 0\n1 0 0\n0 1 0\n0 0 1\n";
  Bytes poly(std::endian::big);
  poly.text(start + "BINARY\nDATASET POLYDATA\nPOINTS 4 float\n").f32({0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0});
  poly.text("\nPOLYGONS 2 8\n").i32({3, 0, 1, 2, 3, 0, 2, 3}).text("\nPOINT_DATA 4\n").u8({255, 10, 0});
  Bytes grid(std::endian::big);
  grid.text("# vtk DataFile Version 5.1\nt\nBINARY\nDATASET UNSTRUCTURED_GRID\nFIELD FieldData 1\nTIME 1 2 double\n");
  grid.f64({1, 2}).text("\nPOINTS 4 double\n").f64({0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0});
  grid.text("\nMETADATA\nINFORMATION 0\n\nCELLS 3 6\nOFFSETS vtktypeint64\n").i64({0, 3, 6});
  grid.text("\nCONNECTIVITY vtktypeint64\n").i64({0, 1, 2, 0, 2, 3}).text("\nCELL_TYPES 2\n").i32({5, 5});
  return {
      {"VTK polygons", "a.vtk", start + "ASCII\nDATASET POLYDATA\n" + points + "POLYGONS 2 8\n3 0 1 2\n3 0 2 3\n"},
      {"VTK triangle strip", "a.vtk",
       start + "ASCII\nDATASET POLYDATA\n" + points + "TRIANGLE_STRIPS 1 5\n4 0 1 3 2\n"},
      {"VTK lines", "a.vtk",
       start + "ASCII\nDATASET POLYDATA\n" + points + "VERTICES 1 2\n1 0\nLINES 2 8\n2 0 1\n4 1 2 3 0\n", 1},
      {"VTK polygons, binary", "a.vtk", poly.content()},
      {"VTK triangles among lines and vertices", "a.vtk",
       start + "ASCII\nDATASET UNSTRUCTURED_GRID\n" + points +
           "CELLS 4 13\n1 0\n2 0 1\n3 0 1 2\n3 0 2 3\nCELL_TYPES 4\n1 3 5 5\nPOINT_DATA 4\nSCALARS a float\n"},
      {"VTK pixel", "a.vtk",
       start + "ASCII\nDATASET UNSTRUCTURED_GRID\n" + points + "CELLS 1 5\n4 0 1 3 2\nCELL_TYPES 1\n8\n"},
      {"VTK tetrahedron", "a.vtk",
       start + "ASCII\nDATASET UNSTRUCTURED_GRID\n" + tetra_points + "CELLS 1 5\n4 0 1 2 3\nCELL_TYPES 1\n10\n", 3},
      {"VTK 5.1", "a.vtk",
       "# vtk DataFile Version 5.1\nt\nASCII\nDATASET UNSTRUCTURED_GRID\n" + points +
           "CELLS 3 6\nOFFSETS vtktypeint64\n0 3 6\nCONNECTIVITY vtktypeint64\n0 1 2 0 2 3\nCELL_TYPES 2\n5\n5\n"},
      {"VTK 5.1, binary", "a.vtk", grid.content()},
  };
}

std::string data_array(std::string_view type, std::string_view name, std::string_view rest) {
  return std::string("<DataArray type=\"")
      .append(type)
      .append(R"(" NumberOfComponents="3" Name=")")
      .append(name)
      .append("\" format=")
      .append(rest);
}

/// A piece whose four arrays (points, connectivity, offsets, types) go on after `format=` as given.
std::string vtu_piece(std::string_view point_type, const std::array<std::string, 4>& arrays) {
  return "<Piece NumberOfPoints=\"4\" NumberOfCells=\"2\">\n<Points>" + data_array(point_type, "Points", arrays[0]) +
         "</Points>\n<Cells>" + data_array("Int32", "connectivity", arrays[1]) + "\n" +
         data_array("Int32", "offsets", arrays[2]) + "\n" + data_array("UInt8", "types", arrays[3]) +
         "</Cells></Piece>\n";
}

std::string vtu_file(std::string_view attributes, std::string_view pieces, std::string_view appended = "") {
  return std::string("<?xml version=\"1.0\"?>\n<VTKFile type=\"UnstructuredGrid\" ")
      .append(attributes)
      .append(">\n<UnstructuredGrid>\n")
      .append(pieces)
      .append("</UnstructuredGrid>\n")
      .append(appended)
      .append("</VTKFile>\n");
}

std::string inline_array(std::string_view format, std::string_view text) {
  return "\"" + std::string(format) + "\">\n" + std::string(text) + "\n</DataArray>";
}

std::string appended_array(std::size_t offset) { return R"("appended" offset=")" + std::to_string(offset) + "\"/>"; }

std::vector<SampleFile> vtu_files() {
  // zlib and base64 by Python's zlib and base64 modules
  const std::string points =
      "YAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAPA/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAPA/AAAAAAAA8D8AAAAA"
      "AAAAAAAAAAAAAAAAAAAAAAAA8D8AAAAAAAAAAA==";
  const std::string connectivity = "GAAAAAAAAAABAAAAAgAAAAAAAAACAAAAAwAAAA==";
  const std::string offsets = "CAAAAAMAAAAGAAAA";
  const std::string types = "AgAAAAUF";
  const std::string small = R"(version="0.1" byte_order="LittleEndian")";
  const std::string large = R"(version="1.0" byte_order="LittleEndian" header_type="UInt64")";
  const std::string zlib = small + " compressor=\"vtkZLibDataCompressor\"";

  const std::string text =
      vtu_piece("Float32", {inline_array("ascii", "0 0 0 1 0 0\n1 1 0 0 1 0"), inline_array("ascii", "0 1 2 0 2 3"),
                            inline_array("ascii", "3 6"), inline_array("ascii", "5 5")});
  const std::string base64 = vtu_piece("Float64", {inline_array("binary", points), inline_array("binary", connectivity),
                                                   inline_array("binary", offsets), inline_array("binary", types)});
  const std::string base64_long = vtu_piece(
      "Float64",
      {inline_array("binary",
                    "YAAAAAAAAAA=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA8D8AAAAAAAAAAAAAAAAAAAAAAAAAAAAA8D8AAAAA"
                    "AADwPwAAAAAAAAAAAAAAAAAAAAAAAAAAAADwPwAAAAAAAAAA"),
       inline_array("binary", "GAAAAAAAAAA=AAAAAAEAAAACAAAAAAAAAAIAAAADAAAA"),
       inline_array("binary", "CAAAAAAAAAA=AwAAAAYAAAA="), inline_array("binary", "AgAAAAAAAAA=BQU=")});
  const std::string deflated = vtu_piece(
      "Float64", {inline_array("binary", "AgAAAEAAAAAgAAAAEgAAAA8AAAA=eJxjYMAHPtjjF/9gDwA19QOOeJxjYMAGPtjDWAALtwEw"),
                  inline_array("binary", "AQAAABgAAAAAAAAAFgAAAA==eJxjYGBgYARiJgYIANHMQAwAAGgACQ=="),
                  inline_array("binary", "AQAAAAgAAAAAAAAADgAAAA==eJxjZmBgYANiAAA4AAo="),
                  inline_array("binary", "AQAAAAIAAAAAAAAACgAAAA==eJxjZQUAABEACw==")});
  const std::array<std::size_t, 4> places{0, points.size(), points.size() + connectivity.size(),
                                          points.size() + connectivity.size() + offsets.size()};
  const std::string appended = vtu_piece("Float64", {appended_array(places[0]), appended_array(places[1]),
                                                     appended_array(places[2]), appended_array(places[3])});
  Bytes raw(std::endian::big);
  raw.text("<AppendedData encoding=\"raw\">\n_").i64({48}).f32({0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0});
  raw.i64({24}).i32({0, 1, 2, 0, 2, 3}).i64({8}).i32({3, 6}).i64({2}).u8({5, 5}).text("\n</AppendedData>\n");
  const std::string big = R"(version="1.0" byte_order="BigEndian" header_type="UInt64")";
  const std::string other_half = R"(<Piece NumberOfPoints="0" NumberOfCells="0"/>)";
  return {
      {"VTU ascii", "a.vtu", vtu_file(small, text)},
      {"VTU ascii, an empty piece beside the full one", "a.vtu", vtu_file(small, other_half + text)},
      {"VTU base64", "a.vtu", vtu_file(small, base64)},
      {"VTU base64, long headers encoded apart", "a.vtu", vtu_file(large, base64_long)},
      {"VTU zlib, points in two blocks", "a.vtu", vtu_file(zlib, deflated)},
      {"VTU appended base64", "a.vtu",
       vtu_file(small, appended,
                "<AppendedData encoding=\"base64\">\n _" + points + connectivity + offsets + types +
                    "\n</AppendedData>")},
      {"VTU appended raw, big-endian", "a.vtu",
       vtu_file(big,
                vtu_piece("Float32", {appended_array(0), appended_array(56), appended_array(88), appended_array(104)}),
                raw.content())},
  };
}

std::vector<SampleFile> gmsh_files() {
  Bytes old(std::endian::little);
  old.text("$MeshFormat\n2.2 1 8\n").i32({1}).text("\n$EndMeshFormat\n$Nodes\n4\n");
  const std::array<std::array<double, 2>, 4> corners{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}};
  std::int32_t tag = 0;
  for (const auto& [x, y] : corners) {
    old.i32({++tag}).f64({x, y, 0});
  }
  old.text("\n$EndNodes\n$Elements\n3\n").i32({1, 1, 2, 1, 7, 7, 1, 2});
  old.i32({2, 2, 2, 2, 7, 7, 1, 2, 3, 3, 7, 7, 1, 3, 4}).text("\n$EndElements\n");
  Bytes recent(std::endian::big);
  recent.text("$MeshFormat\n4.1 1 8\n").i32({1}).text("\n$EndMeshFormat\n$Nodes\n").i64({1, 4, 1, 4}).i32({2, 1, 0});
  recent.i64({4, 1, 2, 3, 4}).f64({0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0}).text("\n$EndNodes\n$Elements\n");
  recent.i64({1, 2, 1, 2}).i32({2, 1, 2}).i64({2, 1, 1, 2, 3, 2, 1, 3, 4}).text("\n$EndElements\n");
  return {
      {"Gmsh 2.2", "a.msh",
       "$MeshFormat\n2.2 0 8\n$EndMeshFormat\n$PhysicalNames\n1\n2 1 \"a\"\n$EndPhysicalNames\n$Nodes\n4\n10 0 0 0\n"
       "30 1 1 0\n20 1 0 0\n5 0 1 0\n$EndNodes\n$Elements\n4\n1 15 2 0 1 10\n2 1 2 0 1 10 20\n3 2 2 0 1 10 20 30\n"
       "4 2 0 10 30 5\n$EndElements\n"},
      {"Gmsh 2.2, binary", "a.msh", old.content()},
      {"Gmsh 4.1, with parametric nodes", "a.msh",
       "$MeshFormat\n4.1 0 8\n$EndMeshFormat\n$Entities\n0 0 1 0\n1 0 0 0 1 1 0 0 0\n$EndEntities\n$Nodes\n2 4 1 4\n"
       "1 1 1 2\n1\n2\n0 0 0 0.5\n1 0 0 0.5\n2 1 0 2\n3\n4\n1 1 0\n0 1 0\n$EndNodes\n$Elements\n2 3 1 3\n"
       "1 1 1 1\n1 1 2\n2 1 2 2\n2 1 2 3\n3 1 3 4\n$EndElements\n"},
      {"Gmsh 4.1, binary, big-endian", "a.msh", recent.content()},
      {"Gmsh tetrahedron of second order", "a.msh",
       "$MeshFormat\n2.2 0 8\n$EndMeshFormat\n$Nodes\n10\n1 0 0 0\n2 1 0 0\n3 0 1 0\n4 0 0 1\n5 9 0 0\n6 9 0 0\n7 9 0 "
       "0\n"
       "8 9 0 0\n9 9 0 0\n10 9 0 0\n$EndNodes\n$Elements\n1\n1 11 0 1 2 3 4 5 6 7 8 9 10\n$EndElements\n",
       3},
  };
}

std::vector<SampleFile> mesh_files() {
  return {
      {"MEDIT, plane", "a.mesh",
       "MeshVersionFormatted 2\nDimension\n2\nVertices\n4\n0 0 1\n1 0 1\n1 1 1\n0 1 1\nEdges 1\n1 2 0\n"
       "Corners\n2\n1\n2\nTriangles\n2\n1 2 3 0\n1 3 4 0\nEnd\n"},
      {"MEDIT with a quadrilateral", "a.mesh",
       "MeshVersionFormatted 1\nDimension 3\n# c\nVertices 4\n0 0 0 1\n1 0 0 1\n1 1 0 1\n0 1 0 1\n"
       "Quadrilaterals 1\n1 2 3 4 0\n"},
      {"MEDIT tetrahedron", "a.mesh",
       "MeshVersionFormatted 2\nDimension 3\nVertices 4\n0 0 0 1\n1 0 0 1\n0 1 0 1\n0 0 1 1\nTetrahedra 1\n1 2 3 4 0\n"
       "Triangles 1\n1 2 3 0\nEnd\n",
       3},
      {"MFEM", "a.mesh",
       "MFEM mesh v1.0\n\n# c\n\ndimension\n2\n\nelements\n2\n1 2 0 1 2\n1 2 0 2 3\n\nboundary\n1\n1 1 0 1\n\n"
       "vertices\n4\n2\n0 0\n1 0\n1 1\n0 1\n"},
      {"MFEM tetrahedron", "a.mesh",
       "MFEM mesh v1.0\ndimension\n3\nelements\n1\n1 4 0 1 2 3\nboundary\n0\nvertices\n4\n3\n0 0 0\n1 0 0\n0 1 0\n0 0 "
       "1\n",
       3},
      {"MFEM segments", "a.mesh",
       "MFEM mesh v1.0\ndimension\n1\nelements\n4\n1 1 0 1\n1 1 1 2\n1 1 2 3\n1 1 3 0\nboundary\n0\n"
       "vertices\n4\n2\n0 0\n1 0\n1 1\n0 1\n",
       1},
  };
}

std::string gifti_file(std::string_view point_attributes, std::string_view points, std::string_view triangle_attributes,
                       std::string_view triangles) {
  return std::string(
             "<?xml version=\"1.0\"?>\n<!DOCTYPE GIFTI SYSTEM \"http://x/gifti.dtd\">\n<GIFTI Version=\"1.0\">\n"
             "<DataArray Intent=\"NIFTI_INTENT_POINTSET\" Dimensionality=\"2\" Dim0=\"4\" Dim1=\"3\" "
             "ArrayIndexingOrder=\"RowMajorOrder\" DataType=\"NIFTI_TYPE_FLOAT32\" ")
      .append(point_attributes)
      .append("><MetaData/><Data>")
      .append(points)
      .append(
          "</Data></DataArray>\n<DataArray Intent=\"NIFTI_INTENT_TRIANGLE\" Dimensionality=\"2\" Dim0=\"2\" Dim1=\"3\""
          " ArrayIndexingOrder=\"RowMajorOrder\" DataType=\"NIFTI_TYPE_INT32\" ")
      .append(triangle_attributes)
      .append("><Data>")
      .append(triangles)
      .append("</Data></DataArray>\n</GIFTI>\n");
}

std::vector<SampleFile> brain_files() {
  const std::string text = R"(Encoding="ASCII" Endian="LittleEndian")";
  const std::string base64 = R"(Encoding="Base64Binary" Endian="LittleEndian")";
  const std::string big = R"(Encoding="Base64Binary" Endian="BigEndian")";
  const std::string zip = R"(Encoding="GZipBase64Binary" Endian="LittleEndian")";
  Bytes surface(std::endian::big);
  surface.text("\xFF\xFF\xFE").text("created by me\n\n").i32({4, 2});
  surface.f32({0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0}).i32({0, 1, 2, 0, 2, 3});
  return {
      {"GIFTI ascii", "a.surf.gii", gifti_file(text, "0 0 0\n1 0 0\n1 1 0\n0 1 0", text, "0 1 2 0 2 3")},
      {"GIFTI base64, little-endian points, big-endian triangles", "a.gii",
       gifti_file(base64, "AAAAAAAAAAAAAAAAAACAPwAAAAAAAAAAAACAPwAAgD8AAAAAAAAAAAAAgD8AAAAA", big,
                  "AAAAAAAAAAEAAAACAAAAAAAAAAIAAAAD")},
      {"GIFTI base64, big-endian points, zlib triangles", "a.gii",
       gifti_file(big, "AAAAAAAAAAAAAAAAP4AAAAAAAAAAAAAAP4AAAD+AAAAAAAAAAAAAAD+AAAAAAAAA", zip,
                  "eJxjYGBgYARiJgYIANHMQAwAAGgACQ==")},
      {"GIFTI gzip", "a.gii",
       gifti_file(zip, "H4sIAAAAAAACA2NgQAYN9qhsdD4DAwDStVPqMAAAAA==", zip, "eJxjYGBgYARiJgYIANHMQAwAAGgACQ==")},
      {"FreeSurfer", "lh.white", surface.content()},
      {"FreeSurfer by its first bytes", "lh.mine", surface.content()},
  };
}

} // namespace

std::vector<SampleFile> sample_files() {
  std::vector<SampleFile> all;
  for (const auto& files : {off_files(), obj_files(), ply_files(), stl_files(), vtk_files(), vtu_files(), gmsh_files(),
                            mesh_files(), brain_files()}) {
    all.insert(all.end(), files.begin(), files.end());
  }
  return all;
}

} // namespace weyl::test
