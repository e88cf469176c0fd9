#include "generator/formula_algebra.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace cosp {
namespace {

using Kind = ConditionFormula::Kind;

void add_once(std::string text, std::vector<std::string>& texts) {
  if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(std::move(text));
}

}  // namespace

ConditionFormula constant(bool value) { return {value ? Kind::yes : Kind::no, {}}; }
ConditionFormula unknown() { return {Kind::unknown, {}}; }
ConditionFormula formula(std::string text) { return {Kind::formula, std::move(text)}; }

ConditionFormula Algebra::atom(std::string text) const {
  return formula(is_range ? fmt::format("--({})", text) : std::move(text));
}

ConditionFormula Algebra::negate(ConditionFormula part) const {
  if (part.kind == Kind::yes) return constant(false);
  if (part.kind == Kind::no) return constant(true);
  if (part.kind == Kind::formula)
    part.text = fmt::format(fmt::runtime(is_range ? "(1-({}))" : "NOT({})"), part.text);
  return part;
}

ConditionFormula Algebra::all(std::vector<ConditionFormula> parts) const {
  // What cannot be known is taken as given; what is known to be false stays so.
  std::vector<std::string> texts;
  bool is_unknown = false;
  for (ConditionFormula& part : parts) {
    if (part.kind == Kind::no) return constant(false);
    is_unknown |= part.kind == Kind::unknown;
    if (part.kind == Kind::formula) add_once(std::move(part.text), texts);
  }
  if (texts.empty()) return is_unknown ? unknown() : constant(true);
  if (texts.size() == 1) return formula(std::move(texts.front()));
  return formula(is_range ? fmt::format("({})", fmt::join(texts, ")*("))
                          : fmt::format("AND({})", fmt::join(texts, ",")));
}

ConditionFormula Algebra::any(std::vector<ConditionFormula> parts) const {
  std::vector<std::string> texts;
  bool is_unknown = false;
  for (ConditionFormula& part : parts) {
    if (part.kind == Kind::yes) return constant(true);
    is_unknown |= part.kind == Kind::unknown;
    if (part.kind == Kind::formula) add_once(std::move(part.text), texts);
  }
  if (is_unknown) return unknown();
  if (texts.empty()) return constant(false);
  if (texts.size() == 1) return formula(std::move(texts.front()));
  return formula(is_range ? fmt::format("SIGN(({}))", fmt::join(texts, ")+("))
                          : fmt::format("OR({})", fmt::join(texts, ",")));
}

std::string names_entry(const std::string& cells, const std::string& entry) {
  return fmt::format(
      "ISNUMBER(FIND(\";\"&{}&\";\",\";\"&SUBSTITUTE(SUBSTITUTE({},\"; \",\";\"),CHAR(10),\";\")"
      "&\";\"))",
      entry, cells);
}

std::optional<std::string> quoted_text(std::string_view text) {
  constexpr std::size_t kLongest = 255;
  if (count_characters(text) > kLongest) return std::nullopt;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

}  // namespace cosp
