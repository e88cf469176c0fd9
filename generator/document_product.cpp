#include "generator/document_product.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/text.hpp"

namespace cosp {
namespace {

using Json = nlohmann::json;

constexpr std::array<std::string_view, 6> kKeys = {"id",       "format", "template",
                                                   "audience", "each",   "parts"};
constexpr std::array<std::string_view, 6> kKinds = {"heading", "paragraph",         "table",
                                                    "figure",  "paragraphs_by_row", "states"};

std::string unknown(std::string_view what, std::string_view got,
                    std::span<const std::string_view> known) {
  const auto near = nearest(got, known);
  if (near) return fmt::format("unknown {} \"{}\", did you mean \"{}\"?", what, got, *near);
  return fmt::format("expected one of {}, got \"{}\"", fmt::join(known, ", "), got);
}

/// Reads one declaration; every mistake is kept and the rest read on.
class Reader {
 public:
  explicit Reader(const Form& form) : form_(form) {}

  ProductReading read(const Declaration& declaration) {
    const Json json = Json::parse(form_.string(declaration.json), nullptr, false);
    reading_.product.id = form_.string(declaration.id);
    if (!json.is_object()) {
      complain("expected a map");
      return std::move(reading_);
    }
    for (const auto& [key, value] : json.items())
      if (std::find(kKeys.begin(), kKeys.end(), key) == kKeys.end())
        complain(unknown("key", key, kKeys));
    read_head(json);
    if (!json.contains("parts") || !json["parts"].is_array())
      complain("expected a list \"parts\"");
    else
      for (const Json& part : json["parts"]) read_part(part);
    return std::move(reading_);
  }

 private:
  void complain(std::string what) { reading_.mistakes.push_back(std::move(what)); }

  static std::string word(const Json& json, const char* key, std::string otherwise) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>()
                                                     : std::move(otherwise);
  }

  /// The word of a key that has few; the first is the default.
  std::string one_of(const Json& json, const char* key, std::span<const std::string_view> known) {
    std::string got = word(json, key, std::string(known.front()));
    if (std::find(known.begin(), known.end(), got) == known.end())
      complain(fmt::format("{}: {}", key, unknown("word", got, known)));
    return got;
  }

  void read_head(const Json& json) {
    static constexpr std::array<std::string_view, 2> kFormats = {"html", "xlsx"};
    static constexpr std::array<std::string_view, 2> kAudiences = {"public", "secretariat"};
    static constexpr std::array<std::string_view, 2> kEach = {"none", "state"};
    Product& product = reading_.product;
    product.format = one_of(json, "format", kFormats);
    product.audience =
        parse_audience(one_of(json, "audience", kAudiences)).value_or(Audience::open);
    product.is_each_state = one_of(json, "each", kEach) == "state";
    product.template_name = word(json, "template", {});
    if (product.format == "html" && product.template_name.empty())
      complain("expected a \"template\"");
    if (product.format == "xlsx" && !product.template_name.empty())
      complain(
          fmt::format("expected no template for a workbook, got \"{}\"", product.template_name));
    if (product.template_name.find_first_of("./\\") != std::string::npos)
      complain("template: expected a bare name");
    require_text(fmt::format("product.{}.title", product.id));
  }

  void require_text(const std::string& id) {
    if (form_.find_text(id) == kNone) complain(fmt::format("expected a text \"{}\", got none", id));
  }

  void require_table(const std::string& id) {
    if (form_.find_table(id) != kNone) return;
    std::vector<std::string_view> known;
    for (const Declaration& table : form_.table_declarations())
      known.push_back(form_.string(table.id));
    complain(unknown("table", id, known));
  }

  void read_part(const Json& json) {
    if (!json.is_object() || json.empty()) return complain("parts: expected a map");
    std::optional<ProductPart> part;
    for (std::size_t i = 0; i < kKinds.size() && !part; ++i) {
      const std::string id = word(json, kKinds[i].data(), {});
      // `table` is also what paragraphs_by_row goes over.
      if (id.empty() || (kKinds[i] == "table" && json.contains("paragraphs_by_row"))) continue;
      part = ProductPart{static_cast<ProductPart::Kind>(i), id, {}, 2};
    }
    if (!part)
      return complain(fmt::format("parts: {}", unknown("part", json.begin().key(), kKinds)));
    read_rest(json, *part);
    reading_.product.parts.push_back(std::move(*part));
  }

  void read_rest(const Json& json, ProductPart& part) {
    using Kind = ProductPart::Kind;
    if (reading_.product.format == "xlsx" && part.kind != Kind::table)
      complain(fmt::format("parts: expected only tables in a workbook, got \"{}\"",
                           kKinds[static_cast<std::size_t>(part.kind)]));
    if (part.kind == Kind::table || part.kind == Kind::figure)
      require_table(part.id);
    else
      require_text(fmt::format("part.{}", part.id));
    if (part.kind == Kind::paragraphs_by_row) {
      part.table = word(json, "table", {});
      require_table(part.table);
    }
    if (const auto level = json.find("level"); level != json.end()) {
      const std::string written = level->is_string() ? level->get<std::string>() : level->dump();
      if (part.kind != Kind::heading || (written != "2" && written != "3"))
        complain("level: expected 2 or 3, of a heading");
      part.level = written == "3" ? 3 : 2;
    }
    for (const auto& [key, value] : json.items()) {
      const bool is_known = key == kKinds[static_cast<std::size_t>(part.kind)] || key == "level" ||
                            (key == "table" && part.kind == Kind::paragraphs_by_row);
      if (!is_known) complain(fmt::format("parts: unexpected key \"{}\"", key));
    }
  }

  const Form& form_;
  ProductReading reading_;
};

}  // namespace

bool Product::has_figure_part(std::string_view table) const {
  return std::any_of(parts.begin(), parts.end(), [&](const ProductPart& part) {
    return part.kind == ProductPart::Kind::figure && part.id == table;
  });
}

ProductReading read_product(const Form& form, const Declaration& declaration) {
  return Reader(form).read(declaration);
}

}  // namespace cosp
