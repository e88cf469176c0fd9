#include "readers/workbook_rows.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "readers/workbook_labels.hpp"

namespace cosp {
namespace {

/// Entries of one cell stand between semicolons, so names have commas in their place.
std::string name_key(std::string_view name) {
  std::string key(name);
  std::replace(key.begin(), key.end(), ';', ',');
  return fold_for_comparison(key);
}

constexpr std::size_t kLongestName = 2'000;
constexpr std::size_t kBrackets = 2;

/// What stands before the id in brackets.
std::string name_before(std::string_view label, std::string_view id) {
  return trim(label.substr(0, label.size() - id.size() - kBrackets));
}

}  // namespace

WorkbookRows::WorkbookRows(const Form& form)
    : rows_(form.registers().size()),
      by_id_(form.registers().size()),
      by_name_(form.registers().size()),
      names_(form.registers().size()) {}

std::uint32_t WorkbookRows::add(std::uint32_t registry, WorkbookRegisterRow row) {
  const auto index = static_cast<std::uint32_t>(rows_[registry].size());
  if (!row.id.empty()) by_id_[registry].emplace(row.id, index);
  rows_[registry].push_back(std::move(row));
  return index;
}

std::uint32_t WorkbookRows::find(std::uint32_t registry, std::string_view id) const {
  const auto found = by_id_[registry].find(std::string(id));
  return found == by_id_[registry].end() ? kNone : found->second;
}

void WorkbookRows::name(std::uint32_t registry, std::uint32_t index, std::string_view name) {
  if (name.size() <= kLongestName) names_[registry].emplace_back(name, index);
}

std::uint32_t WorkbookRows::find_by_name(std::uint32_t registry, std::string_view name) const {
  if (name.size() > kLongestName) return kNone;
  for (const auto& [known, index] : std::exchange(names_[registry], {})) {
    const auto [found, is_new] = by_name_[registry].emplace(name_key(known), index);
    if (!is_new && found->second != index) found->second = kNone;
  }
  const auto named = by_name_[registry].find(name_key(name));
  return named == by_name_[registry].end() ? kNone : named->second;
}

std::optional<WorkbookRows::Contradiction> WorkbookRows::contradiction_of(
    std::uint32_t registry, std::string_view entry) const {
  const std::string text = trim(entry);
  const auto id = workbook::id_of_label(text);
  if (!id) return std::nullopt;
  const std::uint32_t row = find(registry, *id);
  const std::string name = name_before(text, *id);
  const std::uint32_t named = find_by_name(registry, name);
  if (row == kNone || named == kNone || named == row) return std::nullopt;
  return Contradiction{name, std::string(*id), rows_[registry][named].id};
}

std::optional<WorkbookRows::Contradiction> WorkbookRows::find_contradiction(
    std::uint32_t registry, std::string_view written) const {
  if (one_row(registry, written)) return std::nullopt;
  if (auto whole = contradiction_of(registry, written)) return whole;
  for (const std::string& entry : split_entries(written))
    if (auto found = contradiction_of(registry, entry)) return found;
  return std::nullopt;
}

std::string WorkbookRows::resolve(std::uint32_t registry, std::string_view written) const {
  std::string text = trim(written);
  if (find(registry, text) != kNone) return text;
  const auto id = workbook::id_of_label(text);
  if (id && find(registry, *id) != kNone) return std::string(*id);
  if (const std::uint32_t named = find_by_name(registry, text); named != kNone)
    return rows_[registry][named].id;
  return id ? std::string(*id) : text;
}

std::optional<std::string> WorkbookRows::one_row(std::uint32_t registry,
                                                 std::string_view written) const {
  const std::string text = trim(written);
  if (find(registry, text) != kNone) return text;
  const auto id = workbook::id_of_label(text);
  const std::uint32_t named = find_by_name(registry, id ? name_before(text, *id) : text);
  if (named == kNone) return std::nullopt;
  const std::string& found = rows_[registry][named].id;
  if (id && *id != found) return std::nullopt;
  return found;
}

std::vector<std::string> WorkbookRows::cite(std::uint32_t registry, std::string_view written) {
  std::vector<std::string> ids;
  if (auto whole = one_row(registry, written)) {
    ids.push_back(std::move(*whole));
  } else {
    for (const std::string& entry : split_entries(written)) ids.push_back(resolve(registry, entry));
  }
  for (const std::string& id : ids)
    if (const std::uint32_t index = find(registry, id); index != kNone)
      rows_[registry][index].is_filled = true;
  return ids;
}

}  // namespace cosp
