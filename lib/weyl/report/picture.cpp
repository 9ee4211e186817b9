// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/report/picture.hpp"

#include <array>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <memory>

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "weyl/core/error.hpp"

namespace weyl {

namespace {

/// A string of gnuplot in which nothing but the doubled quote is special.
std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    out += c == '\'' ? "''" : c == '\n' ? " " : std::string(1, c);
  }
  return out + "'";
}

/// Colours that every kind of colour vision tells apart (Okabe & Ito 2008), the darker ones first.
constexpr std::array colours{"#0072b2", "#d55e00", "#555555", "#009e73", "#cc79a7", "#7a5c00", "#56b4e9", "#000000"};
constexpr std::array dashes{1, 1, 2, 3, 4};           ///< of `Line`; gnuplot's numbers
constexpr std::array marks{6, 4, 12, 8, 2, 3, 10, 1}; ///< open circle, square, diamond, triangle, …

/// The points of a curve as a block of data: x, y, and what bands and error bars add.
std::string data_block(const Curve& curve, std::size_t i) {
  std::string out = fmt::format("$curve{} << END\n", i);
  for (std::size_t k = 0; k < curve.points.size(); ++k) {
    const auto [x, y] = curve.points[k];
    const double third = !curve.upper.empty() ? curve.upper[k] : !curve.errors.empty() ? curve.errors[k] : 0;
    if (curve.steps && curve.upper.size() > k && k > 0) { // the corner of a band's step
      out += fmt::format("{:.10g} {:.10g} {:.10g}\n", x, curve.points[k - 1].second, curve.upper[k - 1]);
    }
    out += fmt::format("{:.10g} {:.10g} {:.10g}\n", x, y, third);
  }
  return out + "END\n";
}

/// The parts of a `plot` command that draw one curve; the first carries the name.
std::vector<std::string> drawn(const Curve& curve, std::size_t i) {
  const std::string colour = fmt::format(
      "lc rgb '{}'", colours[curve.colour < 0 ? i % colours.size() : static_cast<std::size_t>(curve.colour)]);
  const int dash = dashes[static_cast<std::size_t>(curve.line)];
  std::vector<std::string> parts;
  const auto add = [&](const std::string& columns, const std::string& style) {
    parts.push_back(fmt::format("$curve{} using {} with {} {} title {}", i, columns, style, colour,
                                quoted(parts.empty() ? curve.name : "")));
  };
  if (!curve.upper.empty()) {
    add("1:2:3", "filledcurves fs transparent solid 0.2 noborder");
  }
  if (curve.filled) {
    add("1:2",
        curve.steps ? "fillsteps fs transparent solid 0.2 noborder" : "filledcurves y1=0 fs transparent solid 0.2");
  }
  if (curve.line != Line::none) {
    add("1:2", fmt::format("{} lw 1.5 dt {}", curve.steps ? "steps" : "lines", dash));
  }
  if (!curve.errors.empty()) {
    add("1:2:3", fmt::format("yerrorbars pt {} ps 0.6", marks[i % marks.size()]));
  } else if (curve.marks) {
    add("1:2", fmt::format("points pt {} ps 0.6", marks[i % marks.size()]));
  }
  return parts;
}

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

/// A file without a name, gone when closed.
File temporary() {
  File file(std::tmpfile());
  if (!file) {
    throw InputError("--plot", "no temporary file can be made; is there room in the folder for them?");
  }
  return file;
}

std::string content(std::FILE* file) {
  std::string out;
  std::rewind(file);
  std::array<char, 65536> buffer{};
  for (std::size_t n = 0; (n = std::fread(buffer.data(), 1, buffer.size(), file)) > 0;) {
    out.append(buffer.data(), n);
  }
  return out;
}

} // namespace

PictureFormat picture_format(const std::string& file) {
  if (file.ends_with(".svg")) {
    return PictureFormat::svg;
  }
  if (file.ends_with(".png")) {
    return PictureFormat::png;
  }
  throw InputError(file, "should end in .svg or .png");
}

std::string gnuplot_script(const Figure& figure, PictureFormat format) {
  const Extent e = extent(figure);
  std::string out = format == PictureFormat::svg
                        ? "set terminal svg size 640,440 dynamic enhanced font 'DejaVu Sans,13' background 'white'\n"
                        : "set terminal pngcairo size 1600,1100 font 'DejaVu Sans,13' fontscale 2.2 linewidth 2.4 "
                          "pointscale 2.4 background 'white'\n";
  out += fmt::format("set encoding utf8\nset title {} noenhanced\nset xlabel {} noenhanced\nset ylabel {} noenhanced\n",
                     quoted(figure.title), quoted(figure.x.label), quoted(figure.y.label));
  out +=
      fmt::format("set xrange [{:.10g}:{:.10g}]\nset yrange [{:.10g}:{:.10g}]\n", e.x_low, e.x_high, e.y_low, e.y_high);
  for (const auto& [axis, name] : {std::pair{figure.x, 'x'}, std::pair{figure.y, 'y'}}) {
    if (axis.log) {
      out += fmt::format("set logscale {0}\nset format {0} '10^{{%L}}'\n", name);
    }
  }
  out += "set key below height 1 reverse Left noenhanced samplen 2.5\nset tics out nomirror\nset border 3\n"
         "set grid lc rgb '#dddddd' lt 1\n";
  if (figure.limit) {
    out += fmt::format("set arrow from {0:.10g},graph 0 to {0:.10g},graph 1 nohead dt 3 lc rgb '#000000'\n"
                       "set label {1} at {0:.10g},graph 0.03 right offset -0.6,0 noenhanced\n",
                       *figure.limit, quoted(figure.limit_label));
  }
  std::string plot;
  for (std::size_t i = 0; i < figure.curves.size(); ++i) {
    if (figure.curves[i].points.empty()) {
      continue;
    }
    out += data_block(figure.curves[i], i);
    for (const std::string& part : drawn(figure.curves[i], i)) {
      plot += (plot.empty() ? "plot " : ", ") + part;
    }
  }
  return out + (plot.empty() ? "plot NaN notitle" : plot) + "\n";
}

std::string picture(const Figure& figure, PictureFormat format) {
  const std::string script = gnuplot_script(figure, format);
  const File in = temporary();
  const File out = temporary();
  const File errors = temporary();
  if (std::fwrite(script.data(), 1, script.size(), in.get()) != script.size() || std::fflush(in.get()) != 0) {
    throw InputError("--plot", "a temporary file cannot be written; is the disk full?");
  }
  std::rewind(in.get());
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, fileno(in.get()), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, fileno(out.get()), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, fileno(errors.get()), STDERR_FILENO);
  std::string program = "gnuplot";
  std::string plain = "-d"; // without the user's own settings
  std::array<char*, 3> arguments{program.data(), plain.data(), nullptr};
  pid_t child = 0;
  const int failed = posix_spawnp(&child, program.c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  if (failed == 0) {
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
  }
  if (failed != 0 || (WIFEXITED(status) && WEXITSTATUS(status) == 127)) {
    throw InputError("--plot", "the program gnuplot is not there; on Debian: apt-get install gnuplot-nox");
  }
  std::string result = content(out.get());
  if (status != 0 || result.empty()) {
    throw InputError("--plot", "gnuplot failed: " + content(errors.get()));
  }
  return result;
}

} // namespace weyl
