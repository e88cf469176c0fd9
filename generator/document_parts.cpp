#include "generator/document_parts.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "base/language.hpp"
#include "generator/document_table.hpp"
#include "generator/narrative_arguments.hpp"

namespace cosp {
namespace {

class PartBuilder {
 public:
  PartBuilder(DocumentPage& page, const Product& product, std::span<const Table> tables)
      : page_(page), words_(page.words()), product_(product), tables_(tables) {}

  TemplateList build() {
    for (const ProductPart& part : product_.parts) add(part);
    return std::move(parts_);
  }

 private:
  void add(const ProductPart& part) {
    switch (part.kind) {
      case ProductPart::Kind::heading: return add_heading(part);
      case ProductPart::Kind::paragraph: return add_paragraph(part.id);
      case ProductPart::Kind::table: return add_tables(part.id);
      case ProductPart::Kind::figure: return add_figure(find_table(tables_, part.id));
      case ProductPart::Kind::paragraphs_by_row: return add_rows(part);
      case ProductPart::Kind::states: return add_states(part.id);
    }
  }

  /// One part; what it is not stays empty.
  void put(std::string_view kind, TemplateObject object) {
    TemplateObject part;
    for (const std::string_view name : {"heading", "paragraph", "table", "figure"})
      if (name != kind) part.set(name, TemplateList{});
    part.set(kind, std::move(object));
    part.set("states", TemplateList{});
    parts_.push_back(std::move(part));
  }

  void add_heading(const ProductPart& part) {
    const MarkedText text = words_.message("part." + part.id, page_.arguments());
    const std::string id = fmt::format("section-{}", ++sections_);
    TemplateObject heading;
    heading.set("id", id).set("level", std::to_string(part.level));
    heading.set("number", page_.next_heading(part.level, id, text.text));
    heading.set("text", text.text).set("mark", language_mark(words_, text.language));
    put("heading", std::move(heading));
  }

  void put_paragraph(const std::string& text_id, const Arguments& arguments,
                     const std::string& row) {
    const MarkedText text = words_.message(text_id, arguments);
    const std::string number = page_.next_paragraph();
    TemplateObject paragraph;
    paragraph.set("id", "paragraph-" + number).set("number", number).set("text", text.text);
    paragraph.set("mark", language_mark(words_, text.language));
    TemplateList identity;
    if (!row.empty()) identity.emplace_back().set("id", row);
    paragraph.set("row", std::move(identity)).set("footnote", band_note(text_id));
    put("paragraph", std::move(paragraph));
  }

  /// What the words for shares mean is said once, where the first of them stands.
  TemplateList band_note(const std::string& text_id) {
    TemplateList references;
    const auto& names = words_.used(text_id);
    const bool has_bands = std::any_of(names.begin(), names.end(), [](const std::string& name) {
      return name.ends_with("_band");
    });
    if (!has_bands) return references;
    const std::string note = words_.words("document.bands_note");
    if (!page_.has_footnote(note)) references.push_back(page_.footnote(note));
    return references;
  }

  /// What is said of paraphrases has another wording where every provision has its authentic text.
  /// A sentence that names States has another wording, or falls away, when there is none to name.
  void add_paragraph(const std::string& id) {
    std::string text_id = "part." + id;
    if (names_nobody(text_id)) {
      text_id += ".none";
      if (!words_.has(text_id)) return;
    } else if (!page_.form().has_paraphrases(page_.form().language(words_.language())) &&
               words_.has(text_id + ".authentic")) {
      text_id += ".authentic";
    }
    put_paragraph(text_id, page_.arguments(), {});
  }

  bool names_nobody(const std::string& text_id) {
    const auto& used = words_.used(text_id);
    return std::any_of(page_.arguments().begin(), page_.arguments().end(),
                       [&](const auto& argument) {
                         const auto* list = std::get_if<std::vector<std::string>>(&argument.second);
                         return list != nullptr && list->empty() && used.contains(argument.first);
                       });
  }

  void add_tables(const std::string& id) {
    for (const Table& table : tables_) {
      if (table.declared_id != id) continue;
      put("table", table_part(page_, table));
      // A population apart is often one or two: its table says all, and a chart of it would single
      // them out.
      if (table.population == Population::parties && !product_.has_figure_part(id))
        add_figure(&table);
    }
  }

  void add_figure(const Table* table) {
    if (table != nullptr && has_chart(*table)) put("figure", figure_part(page_, *table));
  }

  void add_rows(const ProductPart& part) {
    const Table* table = find_table(tables_, part.table);
    if (table == nullptr) return;
    for (const TableRow& row : table->rows) {
      if (row.role == Role::total || row.entry != kNone) continue;
      add_row("part." + part.id, *table, row);
    }
  }

  void add_row(const std::string& text_id, const Table& table, const TableRow& row) {
    RowArguments figures = row_arguments(table, row, words_.tables());
    const auto& used = words_.used(text_id);
    std::string wording = text_id;
    const bool is_silent = std::any_of(used.begin(), used.end(), [&](const std::string& name) {
      return figures.suppressed.contains(name);
    });
    if (figures.is_of_nobody)
      wording += ".none";
    else if (is_silent)
      wording += ".suppressed";
    if (wording != text_id && !words_.has(wording)) return;
    // The figures of the row prevail over the cycle's of the same name.
    for (const auto& argument : page_.arguments()) {
      const bool is_taken =
          std::any_of(figures.arguments.begin(), figures.arguments.end(),
                      [&](const auto& other) { return other.first == argument.first; });
      if (!is_taken && !figures.suppressed.contains(argument.first))
        figures.arguments.push_back(argument);
    }
    put_paragraph(wording, figures.arguments, table.id + "/" + row.id);
  }

  void add_states(const std::string& id) {
    add_paragraph(id);
    TemplateList groups;
    for (const Population population :
         {Population::parties, Population::organizations, Population::others}) {
      TemplateList names;
      for (std::string& name : names_of(
               page_.input(), named_contributors(page_.input(), population), words_.language()))
        names.emplace_back().set("text", std::move(name));
      if (names.empty()) continue;
      groups.emplace_back()
          .set("title", words_.words(fmt::format("document.states_{}", to_string(population))))
          .set("names", std::move(names));
    }
    if (groups.empty()) return;
    TemplateObject part;
    for (const std::string_view name : {"heading", "paragraph", "table", "figure"})
      part.set(name, TemplateList{});
    part.set("states", std::move(groups));
    parts_.push_back(std::move(part));
  }

  DocumentPage& page_;
  NarrativeText& words_;
  const Product& product_;
  std::span<const Table> tables_;
  TemplateList parts_;
  int sections_ = 0;
};

}  // namespace

TemplateList parts_of(DocumentPage& page, const Product& product, std::span<const Table> tables) {
  return PartBuilder(page, product, tables).build();
}

}  // namespace cosp
