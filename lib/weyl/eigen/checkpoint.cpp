// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/checkpoint.hpp"

#include <filesystem>
#include <limits>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <zlib.h>

#include "weyl/core/error.hpp"
#include "weyl/core/file.hpp"
#include "weyl/core/json.hpp"
#include "weyl/core/npz.hpp"

namespace weyl {

namespace {

using Json = nlohmann::json;

std::uint64_t checksum(const SparseMatrix& a) {
  const auto sum = [](const auto* data, Eigen::Index count) {
    return crc32_z(0, reinterpret_cast<const Bytef*>(data), static_cast<std::size_t>(count) * sizeof(*data));
  };
  const std::uint64_t pattern = sum(a.innerIndexPtr(), a.nonZeros());
  return pattern << 32U | sum(a.valuePtr(), a.nonZeros());
}

/// What tells one computation from another.
std::string identity(const Pencil& pencil, const EigenOptions& options) {
  const std::string wanted =
      options.interval ? fmt::format("eigenvalues in [{}, {}]", (*options.interval)[0], (*options.interval)[1])
                       : fmt::format("{} smallest eigenvalues", options.count);
  return fmt::format("{}{} of a pencil of {} unknowns (checksums {:x}, {:x}), tolerance {}, seed {}", wanted,
                     options.vectors ? " with vectors" : "", pencil.size(), checksum(pencil.stiffness),
                     checksum(pencil.mass), options.tolerance, options.seed);
}

InputError damaged(const std::string& plan, const std::string& what) {
  return {plan, "is damaged (" + what + "); delete this folder"};
}

/// Slices one above the other, their numbers without a gap.
std::vector<Slice> read_slices(const Json& list, const std::string& plan) {
  constexpr std::int64_t most = std::numeric_limits<int>::max(); // unknowns of a pencil
  std::vector<Slice> slices;
  slices.reserve(list.size());
  try {
    for (const Json& entry : list) {
      if (!entry.at("first").is_number_integer() || !entry.at("count").is_number_integer()) {
        throw damaged(plan, "numbers of eigenvalues that are no integers");
      }
      const Slice slice{entry.at("low"), entry.at("high"), entry.at("first"), entry.at("count")};
      const bool follows = slices.empty() || (slice.low >= slices.back().high &&
                                              slice.first == slices.back().first + slices.back().count);
      if (!follows || slice.low >= slice.high || slice.first < 0 || slice.first > most || slice.count < 1 ||
          slice.count > most) {
        throw damaged(plan, "slices that do not follow one another");
      }
      slices.push_back(slice);
    }
  } catch (const Json::exception& e) {
    throw damaged(plan, e.what());
  }
  return slices;
}

} // namespace

Checkpoint::Checkpoint(std::string folder, const Pencil& pencil, const EigenOptions& options,
                       std::array<std::int64_t, 2> wanted)
    : folder_(std::move(folder)), identity_(identity(pencil, options)), size_(pencil.size()),
      vectors_(options.vectors) {
  std::error_code error;
  std::filesystem::create_directories(folder_, error);
  if (error) {
    throw InputError(folder_, "this folder cannot be made: " + error.message());
  }
  const std::string plan = folder_ + "/plan.json";
  if (!std::filesystem::exists(plan)) {
    return;
  }
  Json stored;
  try {
    stored = parse_json(read_file(plan), plan);
  } catch (const InputError&) { // what follows says so
  }
  if (!stored.is_object() || !stored.value("computation", Json()).is_string() ||
      !stored.value("slices", Json()).is_array()) {
    throw InputError(plan, "is not a plan of slices; name another folder, or delete this one");
  }
  if (stored["computation"] != identity_) {
    throw InputError(folder_, "holds another computation, " + stored["computation"].dump() +
                                  "; name another folder, or delete this one");
  }
  slices_ = read_slices(stored["slices"], plan);
  const std::int64_t lowest = slices_->empty() ? 0 : slices_->front().first;
  const std::int64_t end = slices_->empty() ? 0 : slices_->back().first + slices_->back().count;
  if (end > size_ || (wanted[0] < wanted[1] && (wanted[0] < lowest || wanted[1] > end))) {
    throw damaged(plan, "slices that hold other eigenvalues");
  }
}

void Checkpoint::begin(const std::vector<Slice>& slices) {
  Json list = Json::array();
  for (const Slice& slice : slices) {
    Json& entry = list.emplace_back();
    entry["low"] = slice.low;
    entry["high"] = slice.high;
    entry["first"] = slice.first;
    entry["count"] = slice.count;
  }
  Json plan;
  plan["computation"] = identity_;
  plan["slices"] = list;
  write_file(folder_ + "/plan.json", plan.dump(1) + "\n");
  slices_ = slices;
}

std::optional<SolvedSlice> Checkpoint::load(std::size_t i, const Slice& slice) const {
  if (!std::filesystem::exists(file(i))) {
    return {};
  }
  try {
    const std::vector<NamedArray> arrays = parse_npz(read_file(file(i)), file(i));
    const auto count = static_cast<std::size_t>(slice.count);
    const std::vector<std::vector<std::size_t>> shapes{{count}, {count}, {2}, {static_cast<std::size_t>(size_), count}};
    for (std::size_t a = 0; a < shapes.size() - (vectors_ ? 0 : 1); ++a) {
      if (a >= arrays.size() || arrays[a].shape != shapes[a]) {
        return {};
      }
    }
    const auto vector = [&](std::size_t a) {
      return Eigen::Map<const Eigen::VectorXd>(arrays[a].values.data(), slice.count);
    };
    Eigen::MatrixXd vectors(size_, 0);
    if (vectors_) {
      vectors = Eigen::Map<const RowMajor>(arrays[3].values.data(), size_, slice.count);
    }
    return SolvedSlice{vector(0), vector(1), std::move(vectors), static_cast<std::int64_t>(arrays[2].values[0]),
                       static_cast<std::int64_t>(arrays[2].values[1])};
  } catch (const InputError&) {
    return {}; // damaged: it is computed again
  }
}

void Checkpoint::save(std::size_t i, const SolvedSlice& solved) const {
  const auto count = static_cast<std::size_t>(solved.values.size());
  std::vector<NamedArray> arrays{
      {"evals", {count}, {solved.values.begin(), solved.values.end()}},
      {"residuals", {count}, {solved.residuals.begin(), solved.residuals.end()}},
      {"counts", {2}, {static_cast<double>(solved.solves), static_cast<double>(solved.recovered)}}};
  if (vectors_) {
    const RowMajor vectors = solved.vectors;
    arrays.push_back(
        {"evecs", {static_cast<std::size_t>(size_), count}, {vectors.data(), vectors.data() + vectors.size()}});
  }
  write_file(file(i), npz(arrays));
}

std::string Checkpoint::file(std::size_t i) const { return fmt::format("{}/slice-{:05}.npz", folder_, i); }

} // namespace weyl
