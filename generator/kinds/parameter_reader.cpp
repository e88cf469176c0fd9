#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "generator/kinds/kind.hpp"

namespace cosp {
namespace {

using Json = nlohmann::json;

/// "expected a question, got \"x\"; the nearest known one is \"y\""
std::string unknown(std::string_view sort, std::string_view got,
                    std::span<const std::string_view> known) {
  std::string what = fmt::format("expected a known {}, got \"{}\"", sort, got);
  if (const auto near = nearest(got, known)) what += fmt::format(" (nearest: \"{}\")", *near);
  return what;
}

template <class T>
std::vector<std::string_view> codes_of(const Form& form, std::span<const T> records) {
  std::vector<std::string_view> codes;
  codes.reserve(records.size());
  for (const T& record : records) codes.push_back(form.string(record.code));
  return codes;
}

std::vector<std::string_view> suffixes_of(const Form& form) {
  std::set<std::string_view> suffixes;
  for (const Question& question : form.questions()) suffixes.insert(form.string(question.suffix));
  return {suffixes.begin(), suffixes.end()};
}

std::vector<std::string> words_in(const Json& value) {
  std::vector<std::string> words;
  if (value.is_string()) words.push_back(value.get<std::string>());
  if (value.is_array())
    for (const Json& item : value)
      if (item.is_string()) words.push_back(item.get<std::string>());
  return words;
}

std::string text_of(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

}  // namespace

bool ParameterReader::has(std::string_view name) const { return json_.contains(std::string(name)); }

void ParameterReader::mistake(std::string what) {
  const auto files = form_.tables().files;
  const DeclaredAt at = declaration_.declared;
  mistakes_.push_back({at.file < files.size()
                           ? std::string(form_.string(files[at.file]))
                           : "tables/" + std::string(form_.string(declaration_.id)) + ".yaml",
                       at.line, at.column, std::move(what)});
}

const Json* ParameterReader::find(std::string_view name) {
  const auto found = json_.find(std::string(name));
  return found == json_.end() ? nullptr : &*found;
}

const Json* ParameterReader::require(std::string_view name) {
  const Json* value = find(name);
  if (value == nullptr) mistake(fmt::format("expected the parameter \"{}\", got nothing", name));
  return value;
}

std::string ParameterReader::word(std::string_view name) {
  const Json* value = require(name);
  if (value == nullptr) return {};
  if (!value->is_string()) {
    mistake(fmt::format("expected \"{}\" to be one word, got {}", name, value->dump()));
    return {};
  }
  return value->get<std::string>();
}

std::vector<std::string> ParameterReader::words(std::string_view name) {
  const Json* value = require(name);
  if (value == nullptr) return {};
  auto found = words_in(*value);
  if (found.empty())
    mistake(fmt::format("expected \"{}\" to be a list of words, got {}", name, value->dump()));
  return found;
}

std::string ParameterReader::suffix(std::string_view name) {
  std::string wanted = word(name);
  if (wanted.empty()) return wanted;
  const auto known = suffixes_of(form_);
  if (std::binary_search(known.begin(), known.end(), std::string_view(wanted))) return wanted;
  mistake(fmt::format("{}: {}", name, unknown("suffix of a question", wanted, known)));
  return {};
}

std::uint32_t ParameterReader::question(std::string_view name) {
  const std::string wanted = word(name);
  if (wanted.empty()) return kNone;
  const std::uint32_t found = form_.find_question(wanted);
  if (found == kNone)
    mistake(fmt::format("{}: {}", name,
                        unknown("question", wanted, codes_of(form_, form_.questions()))));
  return found;
}

std::uint32_t ParameterReader::registry(std::string_view name) {
  const std::string wanted = word(name);
  if (wanted.empty()) return kNone;
  const std::uint32_t found = form_.find_register(wanted);
  if (found == kNone)
    mistake(fmt::format("{}: {}", name,
                        unknown("register", wanted, codes_of(form_, form_.registers()))));
  return found;
}

std::vector<std::uint32_t> ParameterReader::columns(std::string_view name, std::uint32_t registry) {
  std::vector<std::uint32_t> found;
  if (registry == kNone) return found;
  const Register& owner = form_.registry(registry);
  for (const std::string& wanted : words(name)) {
    const std::uint32_t column = form_.find_column(owner, wanted);
    if (column == kNone)
      mistake(fmt::format("{}: {}", name,
                          unknown("column", wanted, codes_of(form_, form_.columns_of(owner)))));
    else
      found.push_back(column);
  }
  return found;
}

std::uint32_t ParameterReader::column(std::string_view name, std::uint32_t registry) {
  const auto found = columns(name, registry);
  return found.empty() ? kNone : found.front();
}

std::vector<std::uint32_t> ParameterReader::chapters(std::string_view name) {
  std::vector<std::uint32_t> found;
  for (const std::string& wanted : words(name)) {
    const std::uint32_t chapter = form_.find_chapter(wanted);
    if (chapter == kNone)
      mistake(fmt::format("{}: {}", name,
                          unknown("chapter", wanted, codes_of(form_, form_.chapters()))));
    else
      found.push_back(chapter);
  }
  return found;
}

std::vector<std::uint32_t> ParameterReader::blocks(std::string_view name, std::string_view suffix) {
  const Json* rows = require(name);
  if (rows == nullptr) return {};
  if (!rows->is_object())
    return mistake(fmt::format("expected \"{}\" to be a map, got {}", name, rows->dump())),
           std::vector<std::uint32_t>{};
  std::vector<std::uint32_t> chosen;
  std::string having, order;
  std::vector<std::string> named;
  std::uint32_t chapter = kNone, module = kNone;
  for (const auto& [key, value] : rows->items()) {
    const std::string wanted = value.is_string() ? value.get<std::string>() : std::string();
    if (key == "chapter") {
      if ((chapter = form_.find_chapter(wanted)) == kNone)
        mistake(fmt::format("{}: {}", name,
                            unknown("chapter", wanted, codes_of(form_, form_.chapters()))));
    } else if (key == "module") {
      if ((module = form_.find_module(wanted)) == kNone)
        mistake(fmt::format("{}: {}", name,
                            unknown("module", wanted, codes_of(form_, form_.modules()))));
    } else if (key == "blocks") {
      named = words_in(value);
    } else if (key == "having") {
      having = wanted;
    } else if (key == "order") {
      order = wanted;
      if (wanted != "article" && wanted != "questionnaire")
        mistake(fmt::format("{}: expected the order \"article\" or \"questionnaire\", got \"{}\"",
                            name, wanted));
    } else {
      mistake(fmt::format("{}: expected chapter, module, blocks, having or order, got \"{}\"", name,
                          key));
    }
  }
  for (const std::string& code : named)
    if (form_.find_block(code) == kNone)
      mistake(fmt::format("{}: {}", name, unknown("block", code, codes_of(form_, form_.blocks()))));
  if (chapter == kNone && module == kNone && named.empty())
    mistake(fmt::format("{}: expected one of chapter, module, blocks", name));
  for (std::uint32_t i = 0; i < form_.blocks().size(); ++i) {
    const Block& block = form_.block(i);
    const std::string_view code = form_.string(block.code);
    if (chapter != kNone && block.chapter != chapter) continue;
    if (module != kNone && !form_.uses_module(block, module)) continue;
    if (!named.empty() && std::find(named.begin(), named.end(), code) == named.end()) continue;
    if (!having.empty() && form_.find_question(block, having) == kNone) continue;
    if (!suffix.empty() && form_.find_question(block, suffix) == kNone) continue;
    chosen.push_back(i);
  }
  if (chosen.empty())
    mistake(fmt::format("{}: expected at least one block with these questions, got none", name));
  if (order == "article")
    std::stable_sort(chosen.begin(), chosen.end(), [&](std::uint32_t left, std::uint32_t right) {
      return form_.block(left).provision < form_.block(right).provision;
    });
  return chosen;
}

std::vector<Decimal> ParameterReader::bands(std::string_view name) {
  const Json* value = require(name);
  std::vector<Decimal> bounds;
  if (value == nullptr) return bounds;
  if (value->is_array())
    for (const Json& item : *value)
      if (const auto bound = Decimal::parse(text_of(item))) bounds.push_back(*bound);
  const bool is_ascending =
      std::adjacent_find(bounds.begin(), bounds.end(),
                         [](Decimal left, Decimal right) { return left >= right; }) == bounds.end();
  if (bounds.empty() || bounds.size() != value->size() || !is_ascending ||
      bounds.front().is_negative()) {
    mistake(fmt::format("expected \"{}\" to be ascending figures from 0 on, got {}", name,
                        value->dump()));
    bounds.clear();
  }
  return bounds;
}

std::uint32_t ParameterReader::condition(std::string_view name) {
  const Json* value = find(name);
  if (value == nullptr) return kNone;
  const std::string compiled = fmt::format("table.{}.{}", form_.string(declaration_.id), name);
  const std::uint32_t found = form_.named_condition(compiled);
  if (found == kNone) mistake(fmt::format("expected \"{}\" to be a condition on the row", name));
  return found;
}

std::uint32_t ParameterReader::named_condition(std::string_view name, std::string_view standard) {
  const std::string wanted = has(name) ? word(name) : std::string(standard);
  const std::uint32_t found = form_.named_condition(wanted);
  if (found == kNone)
    mistake(fmt::format("expected \"{}\" to be a condition of form.yaml", wanted));
  return found;
}

StatusOptions ParameterReader::status_options(std::string_view name, std::uint32_t list) {
  static constexpr std::array<std::string_view, 3> kMeanings = {"in_place", "in_part", "no"};
  StatusOptions options{};
  const Json* value = require(name);
  if (value == nullptr || list == kNone) return options;
  if (!value->is_object())
    return mistake(fmt::format("expected \"{}\" to be a map, got {}", name, value->dump())),
           options;
  for (const auto& [key, codes] : value->items()) {
    const auto meaning = std::find(kMeanings.begin(), kMeanings.end(), key);
    if (meaning == kMeanings.end()) {
      mistake(fmt::format("{}: expected in_place, in_part or no, got \"{}\"", name, key));
      continue;
    }
    for (const std::string& code : words_in(codes)) {
      const std::uint32_t position = form_.find_option(list, code);
      if (position == kNone)
        mistake(fmt::format("{}: {}", name,
                            unknown("option", code, codes_of(form_, form_.options_of(list)))));
      else
        options.at(static_cast<std::size_t>(meaning - kMeanings.begin())) |= std::uint64_t{1}
                                                                             << position;
    }
  }
  // An empty list is meant: what is ticked alone is in place.
  if (!value->contains("in_place"))
    mistake(fmt::format("{}: expected \"in_place\", got nothing", name));
  return options;
}

}  // namespace cosp
