#include "generator/open_data.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/escape.hpp"
#include "base/text.hpp"
#include "generator/table_text.hpp"

namespace cosp {
namespace {

using Json = nlohmann::json;

std::string dump_line(const Json& json) {
  return json.dump(1, ' ', false, Json::error_handler_t::replace);
}
std::string dump(const Json& json) { return dump_line(json) + "\n"; }

std::string_view word_of(Cell::Kind kind) {
  switch (kind) {
    case Cell::Kind::empty: return "empty";
    case Cell::Kind::count: return "count";
    case Cell::Kind::share: return "share";
    case Cell::Kind::figure: return "figure";
    case Cell::Kind::date: return "date";
    case Cell::Kind::symbol: return "symbol";
    case Cell::Kind::labels:
    case Cell::Kind::text: return "text";
  }
  return "empty";
}

bool is_shown(const Cell& cell) { return !cell.is_suppressed && !cell.is_restricted; }

/// The value without a language's writing of figures; empty for what is not shown. A share is its
/// count.
std::string value_of(const Cell& cell, TableText& text) {
  if (!is_shown(cell)) return {};
  switch (cell.kind) {
    case Cell::Kind::count:
    case Cell::Kind::share: return std::to_string(cell.count);
    case Cell::Kind::figure: return cell.figure.to_string();
    case Cell::Kind::date: return cell.date.to_string();
    case Cell::Kind::symbol: return std::string(to_string(cell.symbol));
    default: return text.cell(cell);
  }
}

bool has_denominator(const Cell& cell) {
  return is_shown(cell) && cell.denominator_kind != DenominatorKind::none && cell.denominator >= 0;
}

/// What the engine wrote itself needs no guard against formulas, but must be quoted like the rest.
std::string table_csv(const Table& table, TableText& text) {
  std::string csv =
      "id,row,row_label,column,column_label,kind,value,denominator_kind,denominator,suppressed,"
      "restricted\r\n";
  for (std::uint32_t row = 0; row < table.rows.size(); ++row)
    for (std::uint32_t column = 0; column < table.columns.size(); ++column) {
      const Cell& cell = table.rows[row].cells[column];
      const bool is_own = cell.kind == Cell::Kind::figure || cell.kind == Cell::Kind::count;
      const std::string value = value_of(cell, text);
      csv += fmt::format("{},{},{},{},{},{},{},{},{},{},{}\r\n",
                         escape::csv_field(figure_id(table, row, column)),
                         escape::csv_field(table.rows[row].id),
                         escape::csv_field(text.label(table.rows[row].label)),
                         escape::csv_field(table.columns[column].id),
                         escape::csv_field(text.label(table.columns[column].label)),
                         word_of(cell.kind), is_own ? value : escape::csv_field(value),
                         has_denominator(cell) ? to_string(cell.denominator_kind) : "",
                         has_denominator(cell) ? std::to_string(cell.denominator) : "",
                         cell.is_suppressed, cell.is_restricted);
    }
  return csv;
}

Json cell_json(const Cell& cell, TableText& text) {
  Json json{{"kind", word_of(cell.kind)}};
  if (cell.is_suppressed) json["suppressed"] = true;
  if (cell.is_restricted) json["restricted"] = true;
  if (!is_shown(cell)) return json;
  if (cell.kind == Cell::Kind::count || cell.kind == Cell::Kind::share)
    json["value"] = cell.count;
  else if (cell.kind != Cell::Kind::empty)
    json["value"] = value_of(cell, text);
  if (has_denominator(cell)) {
    json["denominator"] = cell.denominator;
    json["denominator_kind"] = to_string(cell.denominator_kind);
  }
  return json;
}

Json table_json(const Table& table, TableText& text) {
  Json json{{"id", table.id},
            {"declared", table.declared_id},
            {"kind", table.kind},
            {"title", text.title(table)},
            {"population", to_string(table.population)},
            {"suppress_below", table.suppress_below},
            {"counted", text.denominator_line(table)},
            {"invented", table.is_invented},
            {"columns", Json::array()},
            {"rows", Json::array()},
            {"notes", Json::array()}};
  if (table.denominator_kind != DenominatorKind::none) {
    json["denominator"] = table.denominator;
    json["denominator_kind"] = to_string(table.denominator_kind);
  }
  for (const TableColumn& column : table.columns)
    json["columns"].push_back({{"id", column.id},
                               {"label", text.label(column.label)},
                               {"group", text.label(column.group)}});
  for (const TableRow& row : table.rows) {
    Json cells = Json::array();
    for (const Cell& cell : row.cells) cells.push_back(cell_json(cell, text));
    json["rows"].push_back(
        {{"id", row.id}, {"label", text.label(row.label)}, {"cells", std::move(cells)}});
  }
  for (const Label& note : table.notes) json["notes"].push_back(text.label(note));
  return json;
}

Json head_json(const CompilationInput& input, std::string_view language) {
  const Form& form = input.form;
  return {{"format", 1},
          {"audience", to_string(input.audience)},
          {"language", language},
          {"test_data", input.cycle.purpose == Purpose::test},
          {"purpose", to_string(input.cycle.purpose)},
          {"cycle",
           {{"id", input.cycle.id},
            {"cut_off", input.cycle.cut_off.to_string()},
            {"digest", input.cycle.digest}}},
          {"form",
           {{"id", form.id()},
            {"version", form.version()},
            {"structure_digest", form.structure_digest()},
            {"rules_digest", form.rules_digest()}}}};
}

class Provenance {
 public:
  Provenance(const CompilationInput& input, TableText& text) : input_(input), text_(text) {
    for (const Contributor& contributor : input.contributors) {
      const auto entry =
          static_cast<std::uint32_t>(contributor.entry - input.cycle.roster.entries.data());
      contributors_[entry] = &contributor;
    }
  }

  /// The file's text. There are tens of thousands of figures with their States: each is written as
  /// soon as it is made, since as one tree they would take ten times the room of the text.
  std::string make(Json head, std::span<const Table> tables) {
    std::string text;
    add_figures(text, tables);
    head.update(rest());
    head["figures"] = kFiguresGoHere;
    const std::string around = dump(head);
    // No text within has a line feed of its own, so the line is found only where it was put.
    const std::string line = fmt::format("\n \"figures\": \"{}\"", kFiguresGoHere);
    const std::size_t at = around.find(line);
    text.insert(0, around.substr(0, at) + "\n \"figures\": ");
    return text.append(around, at + line.size());
  }

 private:
  static constexpr std::string_view kFiguresGoHere = "figures";

  /// In the order of their ids, as all members of objects.
  void add_figures(std::string& text, std::span<const Table> tables) {
    struct Place {
      std::string id;
      const Table* table;
      std::uint32_t row, column;
    };
    std::vector<Place> places;
    for (const Table& table : tables)
      for (std::uint32_t row = 0; row < table.rows.size(); ++row)
        for (std::uint32_t column = 0; column < table.columns.size(); ++column)
          places.push_back({figure_id(table, row, column), &table, row, column});
    std::sort(places.begin(), places.end(),
              [](const Place& left, const Place& right) { return left.id < right.id; });
    text += '{';
    std::string_view separator = "\n  ";
    for (const Place& place : places) {
      text.append(separator).append(dump_line(Json(place.id))).append(": ");
      add_indented(text, dump_line(figure(*place.table, place.row, place.column)));
      separator = ",\n  ";
    }
    text += places.empty() ? "}" : "\n }";
  }

  static void add_indented(std::string& text, std::string_view lines) {
    for (std::size_t feed = lines.find('\n'); feed != std::string_view::npos;
         feed = lines.find('\n')) {
      text.append(lines.substr(0, feed + 1)).append("  ");
      lines.remove_prefix(feed + 1);
    }
    text += lines;
  }

  Json rest() const {
    Json submissions = Json::object();
    for (const auto& [entry, contributor] : contributors_)
      if (names_all() || may_publish(*contributor)) {
        submissions[contributor->entry->code] = {
            {"name", contributor->entry->name(text_.language())}, {"file", contributor->file}};
        // The digest covers answers that are not public, and would let anyone try out what they
        // might be.
        if (names_all()) submissions[contributor->entry->code]["digest"] = contributor->digest;
        if (contributor->received)
          submissions[contributor->entry->code]["received"] = contributor->received->to_string();
      }
    return {{"submissions", std::move(submissions)}, {"questions", questions_}};
  }

  bool names_all() const { return input_.audience == Audience::secretariat; }

  Json figure(const Table& table, std::uint32_t row, std::uint32_t column) {
    const Cell& cell = table.rows[row].cells[column];
    Json json = cell_json(cell, text_);
    json["table"] = text_.title(table);
    json["row"] = text_.label(table.rows[row].label);
    json["column"] = text_.label(table.columns[column].label);
    if (!is_shown(cell)) return json;
    Json sources = Json::array();
    StateSet named;
    for (const Source& source : cell.sources) {
      StateSet states = source.open;
      if (names_all()) states.merge(source.closed);
      if (states.is_empty()) continue;
      named.merge(states);
      sources.push_back(source_json(source, states));
    }
    if (cell.kind == Cell::Kind::count || cell.kind == Cell::Kind::share) {
      StateSet all = named;
      for (const Source& source : cell.sources) all.merge(source.closed);
      // What is counted in "blocks" and "rows" is no number of States.
      if (cell.denominator_kind != DenominatorKind::none || all.size() == cell.count)
        json["unnamed"] = std::max<std::int64_t>(0, cell.count - named.size());
    }
    json["sources"] = std::move(sources);
    return json;
  }

  Json source_json(const Source& source, const StateSet& states) {
    const Form& form = input_.form;
    Json json{{"standing", to_string(source.standing)}, {"states", Json::array()}};
    if (source.is_position) json["position"] = true;
    if (source.question != kNone) {
      const Question& question = form.question(source.question);
      json["question"] = form.code(question);
      questions_[std::string(form.code(question))] =
          form.text(question.label, text_.form_language()).value;
    }
    if (source.registry != kNone)
      json["register"] = form.string(form.registry(source.registry).code);
    if (source.column != kNone) json["column"] = form.code(form.column(source.column));
    if (source.option != kNone) json["option"] = option_code(source);
    for (const std::uint32_t entry : states.members())
      json["states"].push_back(input_.cycle.roster.entries[entry].code);
    if (source.question != kNone && source.standing == Standing::value)
      add_answers(source, states, json);
    if (source.question != kNone) add_shared(source, states, json);
    return json;
  }

  std::string_view option_code(const Source& source) const {
    const Form& form = input_.form;
    const Field* field = source.question != kNone
                             ? static_cast<const Field*>(&form.question(source.question))
                             : static_cast<const Field*>(&form.column(source.column));
    return form.string(form.options_of(field->list)[source.option].code);
  }

  /// What each State answered, where the source does not say it already: figures, and choices
  /// behind "asked".
  void add_answers(const Source& source, const StateSet& states, Json& json) {
    const Question& question = input_.form.question(source.question);
    if (source.option != kNone) return;
    for (const std::uint32_t entry : states.members()) {
      const Submission& submission = *contributors_.at(entry)->submission;
      const Answer& answer = submission.answers[source.question];
      if (is_figure(question.type))
        json["answers"][input_.cycle.roster.entries[entry].code] = answer.number.to_string();
      if (!is_choice(question.type)) continue;
      Json options = Json::array();
      const auto all = input_.form.options_of(question.list);
      for (std::uint32_t i = 0; i < all.size(); ++i)
        if ((answer.mask >> i & 1) != 0) options.push_back(input_.form.string(all[i].code));
      json["answers"][input_.cycle.roster.entries[entry].code] = std::move(options);
    }
  }

  /// Answers that a row of a register gave for several blocks: the file has them there only.
  void add_shared(const Source& source, const StateSet& states, Json& json) const {
    for (const std::uint32_t entry : states.members()) {
      const Submission& submission = *contributors_.at(entry)->submission;
      if (submission.answers[source.question].origin != Origin::shared) continue;
      const auto [registry, row] = find_shared(submission, source.question);
      if (registry == kNone) continue;
      json["shared"][input_.cycle.roster.entries[entry].code] = {
          {"register", input_.form.string(input_.form.registry(registry).code)},
          {"row", submission.registers[registry][row].id}};
    }
  }

  /// The first row, as `share_answers` takes it, that names the question's block and has an answer.
  std::pair<std::uint32_t, std::uint32_t> find_shared(const Submission& submission,
                                                      std::uint32_t question) const {
    const Form& form = input_.form;
    for (const SharedDeclaration& shared : form.tables().shared) {
      const auto options = form.options_of(form.column(shared.blocks_column).list);
      const std::vector<Row>& rows = submission.registers[shared.registry];
      for (std::uint32_t row = 0; row < rows.size(); ++row) {
        const Answer& named = submission.cell(form, shared.registry, row, shared.blocks_column);
        for (std::size_t i = 0; i < options.size(); ++i)
          if (named.has_value() && (named.mask >> i & 1) != 0 &&
              options[i].block == form.question(question).block &&
              gives(submission, shared, row, question))
            return {shared.registry, row};
      }
    }
    return {kNone, kNone};
  }

  bool gives(const Submission& submission, const SharedDeclaration& shared, std::uint32_t row,
             std::uint32_t question) const {
    const Form& form = input_.form;
    const Block& block = form.block(form.question(question).block);
    const auto pairs =
        form.tables().shared_columns.subspan(shared.columns.first, shared.columns.count);
    return std::any_of(pairs.begin(), pairs.end(), [&](const SharedColumn& pair) {
      return form.find_question(block, form.string(pair.suffix)) == question &&
             !submission.cell(form, shared.registry, row, pair.column).is_absent();
    });
  }

  const CompilationInput& input_;
  TableText& text_;
  std::map<std::uint32_t, const Contributor*> contributors_;
  Json questions_ = Json::object();
};

}  // namespace

Result<void> make_open_data(const CompilationInput& input, std::span<const Table> tables,
                            std::string_view language, const OutputSink& sink) {
  TableText text(input.form, input.cycle, language);
  Json all = head_json(input, language);
  all["tables"] = Json::array();
  for (const Table& table : tables) {
    if (auto taken = sink({"data/" + table.id + ".csv", table_csv(table, text)}); !taken)
      return taken;
    all["tables"].push_back(table_json(table, text));
  }
  if (auto taken = sink({"data/tables.json", dump(all)}); !taken) return taken;
  all = Json();
  return sink({std::string(kProvenancePath),
               Provenance(input, text).make(head_json(input, language), tables)});
}

}  // namespace cosp
