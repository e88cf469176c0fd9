#include "generator/kinds/table_declaration.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/text.hpp"

namespace cosp {
namespace {

using Json = nlohmann::json;

constexpr std::array<std::string_view, 5> kCommonKeys = {"id", "kind", "denominator",
                                                         "suppress_below", "figure"};

void check_keys(const Kind& kind, const Json& json, ParameterReader& reader) {
  std::vector<std::string_view> known(kCommonKeys.begin(), kCommonKeys.end());
  for (const Parameter& parameter : kind.parameters) known.push_back(parameter.name);
  for (const auto& [key, value] : json.items()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    std::string what =
        fmt::format("expected a parameter of the kind \"{}\", got \"{}\"", kind.id, key);
    if (const auto near = nearest(key, known)) what += fmt::format(" (nearest: \"{}\")", *near);
    reader.mistake(std::move(what));
  }
}

/// YAML keeps figures as written: both 3 and "3" come.
std::optional<std::int64_t> small_number(const Json& value) {
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (!value.is_string()) return std::nullopt;
  const auto figure = Decimal::parse(value.get<std::string>());
  if (!figure || figure->decimals() != 0) return std::nullopt;
  return figure->coefficient();
}

void read_common(const Json& json, ParameterReader& reader, TableDeclaration& declaration) {
  if (const auto found = json.find("denominator"); found != json.end()) {
    const auto kind =
        found->is_string() ? parse_denominator(found->get<std::string>()) : std::nullopt;
    if (!kind || *kind == DenominatorKind::submitted_others)
      reader.mistake(fmt::format(
          "expected the denominator roster, parties, submitted, asked or answered, got {}",
          found->dump()));
    else
      declaration.denominator = *kind;
  }
  if (const auto found = json.find("suppress_below"); found != json.end()) {
    const auto limit = small_number(*found);
    if (!limit || *limit < 2 || *limit > 100)
      reader.mistake(
          fmt::format("expected \"suppress_below\" from 2 to 100, got {}", found->dump()));
    else
      declaration.suppress_below = *limit;
  }
  if (const auto found = json.find("figure"); found != json.end()) {
    const auto shape =
        found->is_object() && found->contains("shape") && (*found)["shape"].is_string()
            ? parse_figure_shape((*found)["shape"].get<std::string>())
            : std::nullopt;
    if (!shape)
      reader.mistake(fmt::format("expected a figure {{shape: bar | stacked_bar | column}}, got {}",
                                 found->dump()));
    declaration.shape = shape;
  }
}

}  // namespace

std::optional<TableDeclaration> read_table_declaration(const Form& form,
                                                       const Declaration& declared,
                                                       std::vector<Mistake>& mistakes) {
  const std::size_t before = mistakes.size();
  const Json json = Json::parse(form.string(declared.json), nullptr, false);
  ParameterReader reader(form, declared, json, mistakes);
  TableDeclaration declaration;
  declaration.id = form.string(declared.id);
  declaration.kind = find_kind(form.string(declared.kind));
  if (json.is_discarded() || !json.is_object()) {
    reader.mistake("expected a declaration, got none");
    return std::nullopt;
  }
  if (declaration.kind == nullptr) {
    std::vector<std::string_view> known;
    for (const Kind& kind : table_kinds()) known.push_back(kind.id);
    std::string what =
        fmt::format("expected a kind of table, got \"{}\"", form.string(declared.kind));
    if (const auto near = nearest(form.string(declared.kind), known))
      what += fmt::format(" (nearest: \"{}\")", *near);
    reader.mistake(std::move(what));
    return std::nullopt;
  }
  check_keys(*declaration.kind, json, reader);
  read_common(json, reader, declaration);
  declaration.count = declaration.kind->prepare(reader);
  if (mistakes.size() != before) return std::nullopt;
  return declaration;
}

}  // namespace cosp
