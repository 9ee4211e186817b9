// SPDX-License-Identifier: GPL-3.0-or-later
// Reports say what was computed, in forms that other programs read.

#include <cstring>
#include <limits>
#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "contains.hpp"
#include "weyl/core/error.hpp"
#include "weyl/core/npz.hpp"
#include "weyl/mesh/make.hpp"
#include "weyl/report/count_report.hpp"
#include "weyl/report/html.hpp"
#include "weyl/report/mesh_report.hpp"
#include "weyl/report/spectrum_report.hpp"

using namespace weyl;
using test::contains;

namespace {

SpaceDescription unit_square(const std::string& name = "square.off") {
  const Mesh mesh = make_rectangle(1, 1, 0.3);
  return describe(name, mesh, topology(mesh));
}

SpectrumReport spectrum_of_square() {
  return {.space = unit_square(),
          .discretization = {.dofs = 41},
          .eigenvalues = {0, 9.9, 9.9001, 20, 39.5, 39.5002},
          .residuals = {1e-12, 2e-12, 1e-12, 3e-12, 1e-13, 1e-13},
          .cut = 2,
          .resolution = {.slope = 1e-3, .tolerance = 0.03}};
}

} // namespace

TEST_CASE("a description holds the topology and the volumes") {
  const SpaceDescription square = unit_square();
  CHECK(square.dimension == 2);
  CHECK(square.volume == doctest::Approx(1));
  CHECK(square.boundary_volume == doctest::Approx(4));
  CHECK(square.euler_characteristic == 1);
  CHECK(square.boundary_components == 1);
  CHECK(contains(text(square), "area 1, boundary length 4"));
  const Mesh klein = make_klein(1, 1, 0.2);
  CHECK(contains(text(describe("klein", klein, topology(klein))), "Euler characteristic 0, not orientable"));
}

TEST_CASE("values beyond the resolution are marked, coincidences with eigenvalues too") {
  CountReport report{
      .space = unit_square(),
      .discretization = {.dofs = 41},
      .counts = {{.lambda = 10, .count = 3, .below = 3}, {.lambda = 50, .count = 8, .below = 6, .at_eigenvalue = true}},
      .resolution = {.slope = 1e-3, .tolerance = 0.03}, // up to 30
      .fit = {}};
  const std::string table = text(report);
  CHECK(contains(table, "* beyond what the mesh resolves"));
  CHECK(contains(table, "= lambda is an eigenvalue to rounding"));
  const auto document = nlohmann::json::parse(json(report));
  CHECK(document["counts"][0]["resolved"] == true);
  CHECK(document["counts"][1]["resolved"] == false);
  CHECK(document["counts"][1]["at_eigenvalue"] == true);
  CHECK(document["counts"][1]["below"] == 6);
  CHECK(document["resolved_up_to"] == doctest::Approx(30));
  CHECK(document["fit"]["dimension"]["value"].is_null()); // too few samples: no number is better than a made-up one
  CHECK(csv(report).substr(0, 6) == "lambda");
}

TEST_CASE("eigenvalues closer than the mesh can tell are one multiplet") {
  const auto groups = multiplets(spectrum_of_square());
  REQUIRE(groups.size() == 4);
  CHECK(groups[0].size == 1);
  CHECK(groups[1].first == 1);
  CHECK(groups[1].size == 2);
  CHECK(groups[1].mean == doctest::Approx(9.90005));
  CHECK(groups[1].spread == doctest::Approx(1e-4));
  CHECK(groups[3].size == 2);
}

TEST_CASE("multiplets never swallow the mean spacing, however coarse the mesh") {
  const Resolution useless{.slope = 1, .tolerance = 0.05};
  for (const double k : {1.0, 50.0, 1000.0}) {
    const double lambda = 12.57 * k; // mean spacing 12.57
    CHECK(lambda * multiplet_tolerance(useless, 2, lambda, k) <= 0.1001 * 12.57);
  }
}

TEST_CASE("a cut multiplet is said in text and in JSON") {
  const SpectrumReport report = spectrum_of_square();
  CHECK(contains(text(report), "2 more of its eigenvalues follow (ask for -k 8)"));
  const auto document = nlohmann::json::parse(json(report));
  CHECK(document["last_multiplet"]["complete"] == false);
  CHECK(document["last_multiplet"]["cut"] == 2);
  CHECK(document["eigenvalues"].size() == 6);
}

TEST_CASE("pages forbid themselves to load anything and survive any file name") {
  SpectrumReport report = spectrum_of_square();
  report.space.name = "<script>alert(\"&\")</script>.off";
  const std::string page = html_page(report, "weyl-spectrum '<b>'");
  CHECK(contains(page, "default-src 'none'"));
  CHECK_FALSE(contains(page, "<script>alert"));
  CHECK_FALSE(contains(page, "<script src"));
  CHECK(contains(page, "&lt;script&gt;alert(&quot;&amp;&quot;)"));
  CHECK(contains(page, "<svg"));
  CHECK(html::has_plotly() != contains(page, "built without plotly.js"));
}

TEST_CASE("quality is 1 for regular simplices, 0 for flat ones, and does not depend on size") {
  CHECK(mesh_report("t", make_tetrahedron(3, 1)).worst_quality == doctest::Approx(1));
  CHECK(mesh_report("t", make_icosahedron(1e-3, 1e-3)).worst_quality == doctest::Approx(1));
  const Mesh flat{.ambient_dimension = 2, .vertex_count = 3, .positions = {0, 0, 1, 0, 2, 0}, .cells = {0, 1, 2}};
  CHECK(cell_quality(flat, 0) == 0);
  const MeshReport box = mesh_report("box", make_box(1, 1, 1, 0.5));
  CHECK(box.longest_edge <= 0.5 * (1 + 1e-12));
  CHECK(box.shortest_edge > 0);
  CHECK(nlohmann::json::parse(json(box))["space"]["dimension"] == 3);
}

TEST_CASE("an npz archive is a ZIP of NPY arrays") {
  const std::string archive = npz({{"evals", {3}, {1, 2, 3}}, {"evecs", {2, 2}, {1, 0, 0, 1}}});
  CHECK(archive.substr(0, 4) == "PK\x03\x04");
  CHECK(contains(archive, "evals.npy"));
  CHECK(contains(archive, "'fortran_order': False, 'shape': (3,), }"));
  CHECK(contains(archive, "'shape': (2,2,), }"));
  const auto magic = archive.find("\x93NUMPY");
  REQUIRE(magic != std::string::npos);
  const auto header =
      static_cast<unsigned char>(archive[magic + 8]) + 256 * static_cast<unsigned char>(archive[magic + 9]);
  CHECK((10 + header) % 64 == 0); // data aligned as NumPy's format asks
  double second = 0;
  std::memcpy(&second, archive.data() + magic + 10 + header + 8, 8);
  CHECK(second == 2);
}
