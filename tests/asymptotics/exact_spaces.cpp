// SPDX-License-Identifier: GPL-3.0-or-later
#include "asymptotics/exact_spaces.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

#include <boost/math/special_functions/bessel.hpp>
#include <boost/math/special_functions/bessel_prime.hpp>
#include <boost/math/tools/roots.hpp>

#include "weyl/asymptotics/heat_expansion.hpp"
#include "weyl/asymptotics/weyl_law.hpp"

namespace weyl::test {

namespace {

using std::numbers::pi;

std::vector<double> smallest(std::vector<double> values, std::size_t count) {
  std::ranges::sort(values);
  values.resize(std::min(count, values.size()));
  return values;
}

/// Roots of a function on a grid fine enough to separate them.
std::vector<double> roots(const std::function<double(double)>& f, double from, double to, double step) {
  std::vector<double> result;
  double left = f(from);
  for (double x = from; x < to; x += step) {
    const double right = f(x + step);
    if (left * right < 0) {
      std::uintmax_t iterations = 100;
      const auto bracket = boost::math::tools::toms748_solve(f, x, x + step, left, right,
                                                             boost::math::tools::eps_tolerance<double>(48), iterations);
      result.push_back((bracket.first + bracket.second) / 2);
    }
    left = right;
  }
  return result;
}

/// Annulus of radii r < 1: zeros of the cross products of Bessel functions.
std::vector<double> annulus(double r, Boundary boundary, std::size_t count) {
  const double area = pi * (1 - r * r);
  const double top = std::sqrt(4 * pi * static_cast<double>(count) / area) * 1.05 + 2 * pi * (1 + r) / area + 3;
  std::vector<double> values;
  if (boundary == Boundary::neumann) {
    values.push_back(0);
  }
  for (int n = 0; n < top + 2; ++n) {
    const auto cross = [&](double k) {
      using namespace boost::math;
      return boundary == Boundary::dirichlet
                 ? cyl_bessel_j(n, k * r) * cyl_neumann(n, k) - cyl_bessel_j(n, k) * cyl_neumann(n, k * r)
                 : cyl_bessel_j_prime(n, k * r) * cyl_neumann_prime(n, k) -
                       cyl_bessel_j_prime(n, k) * cyl_neumann_prime(n, k * r);
    };
    for (const double k : roots(cross, std::max(0.3, 0.4 * n), top, 0.1)) {
      values.insert(values.end(), n == 0 ? 1 : 2, k * k);
    }
  }
  return smallest(values, count);
}

/// Unit ball with Dirichlet conditions: squares of the zeros of J_{l+1/2}, 2l+1 times.
std::vector<double> ball(std::size_t count) {
  const double top = std::cbrt(static_cast<double>(count) * 4.5 * pi) * 1.25 + 8;
  std::vector<double> values;
  for (int l = 0; l < top; ++l) {
    for (const double k :
         roots([&](double x) { return boost::math::cyl_bessel_j(l + 0.5, x); }, std::max(0.5, 0.5 * l), top, 0.1)) {
      values.insert(values.end(), 2 * static_cast<std::size_t>(l) + 1, k * k);
    }
  }
  return smallest(values, count);
}

std::vector<double> hemisphere(Boundary boundary, std::size_t count) {
  std::vector<double> values;
  for (int l = 0; values.size() < count; ++l) {
    values.insert(values.end(), static_cast<std::size_t>(boundary == Boundary::neumann ? l + 1 : l), l * (l + 1.0));
  }
  return smallest(values, count);
}

/// Right isosceles triangle of legs 1: π²(m² + n²), m > n ≥ 1 or m ≥ n ≥ 0.
std::vector<double> right_isosceles(Boundary boundary, std::size_t count) {
  std::vector<double> values;
  const int reach = static_cast<int>(3 * std::sqrt(static_cast<double>(count))) + 20;
  const bool neumann = boundary == Boundary::neumann;
  for (int m = 0; m < reach; ++m) {
    for (int n = neumann ? 0 : 1; neumann ? n <= m : n < m; ++n) {
      values.push_back(pi * pi * (m * m + n * n));
    }
  }
  return smallest(values, count);
}

/// (x, y) ~ (x + a/2, −y) ~ (x, y + b): cos(2πny/b) with m even, sin with m odd, n ≥ 1; for n = 0 m even.
std::vector<double> klein_bottle(double a, double b, std::size_t count) {
  std::vector<double> values;
  const int reach = static_cast<int>(3 * std::sqrt(static_cast<double>(count) * std::max(a / b, b / a))) + 10;
  for (int m = -reach; m <= reach; ++m) {
    for (int n = 0; n <= reach; ++n) {
      if (n > 0 || m % 2 == 0) {
        values.push_back(4 * pi * pi * (m * m / (a * a) + n * n / (b * b)));
      }
    }
  }
  return smallest(values, count);
}

ExactSpace closed(const std::string& name, int d, double volume, double constant, std::vector<double> values) {
  return {name, {.eigenvalues = std::move(values), .geometry = {d, volume, 0, Boundary::neumann}}, 0, constant};
}

ExactSpace bounded(const std::string& name, int d, double volume, double boundary, double constant, Boundary condition,
                   std::vector<double> values) {
  const bool neumann = condition == Boundary::neumann;
  return {name + (neumann ? " N" : " D"),
          {.eigenvalues = std::move(values), .geometry = {d, volume, boundary, condition}},
          neumann ? boundary : -boundary,
          constant};
}

ExactSpace rectangle(double a, double b, Boundary condition, std::size_t count) {
  return bounded("rectangle " + std::to_string(a / b).substr(0, 4), 2, a * b, 2 * (a + b), 0.25, condition,
                 lattice({pi / a, pi / b}, false, condition == Boundary::neumann ? 0 : 1, count));
}

ExactSpace box(double a, double b, double c, Boundary condition, std::size_t count) {
  return bounded("box", 3, a * b * c, 2 * (a * b + b * c + c * a), 0, condition,
                 lattice({pi / a, pi / b, pi / c}, false, condition == Boundary::neumann ? 0 : 1, count));
}

constexpr Boundary conditions[] = {Boundary::neumann, Boundary::dirichlet};

} // namespace

std::vector<double> lattice(const std::vector<double>& units, bool signs, int from, std::size_t count) {
  const auto d = static_cast<int>(units.size());
  Geometry space{d, 1, 0, Boundary::neumann};
  for (const double unit : units) {
    space.volume *= (signs ? 2 * pi : pi) / unit;
  }
  double top = weyl_lambda(space, static_cast<double>(count));
  std::vector<double> values;
  while (values.size() < count) {
    values.clear();
    const std::function<void(std::size_t, double)> add = [&](std::size_t axis, double sum) {
      if (axis == units.size()) {
        values.push_back(sum);
        return;
      }
      const int reach = static_cast<int>(std::sqrt(top - sum) / units[axis]);
      for (int k = signs ? -reach : from; k <= reach; ++k) {
        const double next = sum + units[axis] * units[axis] * k * k;
        if (next <= top) {
          add(axis + 1, next);
        }
      }
    };
    add(0, 0);
    top *= 1.3;
  }
  return smallest(values, count);
}

std::vector<double> sphere(int n, int step, std::size_t count) {
  const auto binomial = [](int a, int b) {
    double result = b < 0 || a < b ? 0 : 1;
    for (int i = 1; i <= b && a >= b; ++i) {
      result = result * (a - b + i) / i;
    }
    return result;
  };
  std::vector<double> values;
  for (int k = 0; values.size() < count; k += step) {
    const auto multiplicity = static_cast<std::size_t>(std::lround(binomial(k + n, n) - binomial(k + n - 2, n)));
    values.insert(values.end(), multiplicity, k * (k + n - 1.0));
  }
  return smallest(values, count);
}

std::vector<double> disk(Boundary boundary, std::size_t count) {
  const double top = 2.1 * std::sqrt(static_cast<double>(count)) + 6;
  std::vector<double> values;
  if (boundary == Boundary::neumann) {
    values.push_back(0);
  }
  for (int n = 0; n < top + 2; ++n) {
    const auto f = [&](double x) {
      return boundary == Boundary::neumann ? boost::math::cyl_bessel_j_prime(n, x) : boost::math::cyl_bessel_j(n, x);
    };
    for (const double k : roots(f, std::max(0.3, 0.8 * n), top, 0.1)) {
      values.insert(values.end(), n == 0 ? 1 : 2, k * k);
    }
  }
  return smallest(values, count);
}

std::vector<double> equilateral(Boundary boundary, std::size_t count) {
  std::vector<double> values;
  const int reach = static_cast<int>(2.5 * std::sqrt(static_cast<double>(count))) + 20;
  const int from = boundary == Boundary::neumann ? 0 : 1;
  for (int m = from; m < reach; ++m) {
    for (int n = from; n < reach; ++n) {
      values.push_back(16 * pi * pi / 9 * (m * m + m * n + n * n));
    }
  }
  return smallest(values, count);
}

std::vector<double> product(const std::vector<double>& a, const std::vector<double>& b, std::size_t count) {
  const double known = std::min(a.back() + b.front(), b.back() + a.front());
  std::vector<double> values;
  for (const double x : a) {
    for (const double y : b) {
      if (x + y > known) {
        break;
      }
      values.push_back(x + y);
    }
  }
  return smallest(values, count);
}

std::vector<ExactSpace> calibration_spaces(std::size_t n) {
  std::vector<ExactSpace> result{
      closed("circle", 1, 2 * pi, 0, lattice({1}, true, 0, n)),
      closed("torus 1", 2, 1, 0, lattice({2 * pi, 2 * pi}, true, 0, n)),
      closed("torus 1.6", 2, 1.6, 0, lattice({2 * pi, 2 * pi / 1.6}, true, 0, n)),
      closed("torus 4", 2, 4, 0, lattice({2 * pi, 2 * pi / 4}, true, 0, n)),
      closed("sphere", 2, 4 * pi, 1.0 / 3, sphere(2, 1, n)),
      closed("3-sphere", 3, 2 * pi * pi, 0, sphere(3, 1, n)),
      closed("3-torus", 3, 8 * pi * pi * pi, 0, lattice({1, 1, 1}, true, 0, n)),
  };
  for (const Boundary b : conditions) {
    result.push_back(bounded("interval", 1, 1, 2, 0, b, lattice({pi}, false, b == Boundary::neumann ? 0 : 1, n)));
    for (const double a : {1.0, 1.7, 3.3}) {
      result.push_back(rectangle(a, 1, b, n));
    }
    result.push_back(bounded("disk", 2, pi, 2 * pi, 1.0 / 6, b, disk(b, n)));
    result.push_back(bounded("annulus 0.5", 2, 0.75 * pi, 3 * pi, 0, b, annulus(0.5, b, n)));
    result.push_back(bounded("equilateral", 2, std::sqrt(3) / 4, 3, 3 * corner_constant(pi / 3), b, equilateral(b, n)));
    result.push_back(box(1, 1, 1, b, n));
  }
  return result;
}

std::vector<ExactSpace> judging_spaces(std::size_t n) {
  std::vector<ExactSpace> result{
      closed("projective plane", 2, 2 * pi, 1.0 / 6, sphere(2, 2, n)),
      closed("torus 2.4", 2, 2.4, 0, lattice({2 * pi, 2 * pi / 2.4}, true, 0, n)),
      closed("Klein bottle", 2, 0.65, 0, klein_bottle(1.3, 1, n)),
      closed("projective 3-space", 3, pi * pi, 0, sphere(3, 2, n)),
      closed("3-torus 1.3", 3, 8 * pi * pi * pi / 0.91, 0, lattice({1, 1.3, 0.7}, true, 0, n)),
      closed("sphere x circle", 3, 8 * pi * pi, 0, product(sphere(2, 1, 3 * n), lattice({1}, true, 0, 3 * n), n)),
      closed("4-torus", 4, std::pow(2 * pi, 4), 0, lattice({1, 1, 1, 1}, true, 0, n)),
      bounded("ball", 3, 4 * pi / 3, 4 * pi, 0, Boundary::dirichlet, ball(n)),
  };
  for (const Boundary b : conditions) {
    const int from = b == Boundary::neumann ? 0 : 1;
    result.push_back(rectangle(1.56, 1, b, n));
    result.push_back(rectangle(2.2, 0.7, b, n));
    result.push_back(bounded("hemisphere", 2, 2 * pi, 2 * pi, 1.0 / 6, b, hemisphere(b, n)));
    result.push_back(bounded("annulus 0.25", 2, 0.9375 * pi, 2.5 * pi, 0, b, annulus(0.25, b, n)));
    result.push_back(bounded("annulus 0.7", 2, 0.51 * pi, 3.4 * pi, 0, b, annulus(0.7, b, n)));
    result.push_back(bounded("right isosceles", 2, 0.5, 2 + std::sqrt(2),
                             corner_constant(pi / 2) + 2 * corner_constant(pi / 4), b, right_isosceles(b, n)));
    result.push_back(bounded("cylinder", 2, 2.1, 4.2, 0, b,
                             product(lattice({pi}, false, from, 2 * n), lattice({2 * pi / 2.1}, true, 0, 3 * n), n)));
    result.push_back(box(1, 1.3, 1.9, b, n));
  }
  return result;
}

} // namespace weyl::test
