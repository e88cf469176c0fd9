#include "generator/explain.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/file.hpp"
#include "base/text.hpp"
#include "generator/open_data.hpp"

namespace cosp {
namespace {

using Json = nlohmann::json;

constexpr std::uint64_t kMostBytes = std::uint64_t{256} << 20;

Result<std::string> read_provenance(const std::filesystem::path& folder) {
  auto own = read_file(folder / kProvenancePath, kMostBytes);
  if (own || own.error().kind != Error::Kind::not_found) return own;
  auto open = read_file(folder / "public" / kProvenancePath, kMostBytes);
  if (open || open.error().kind != Error::Kind::not_found) return open;
  return Error{Error::Kind::not_found,
               fmt::format("expected a folder written by compile, with {}", kProvenancePath),
               folder.string()};
}

std::string words_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_array()) return value.dump();
  std::string words;
  for (const Json& item : value) words += (words.empty() ? "" : ", ") + item.get<std::string>();
  return words;
}

std::string answer_of(const Json& source, const std::string& state) {
  if (source.contains("option")) return source["option"].get<std::string>();
  if (source.contains("answers") && source["answers"].contains(state))
    return words_of(source["answers"][state]);
  if (source.value("position", false)) return "party";
  return source.value("standing", std::string());
}

void add_answers(const Json& provenance, const Json& source, FigureExplanation& explanation) {
  for (const Json& item : source.at("states")) {
    AnswerBehind behind;
    behind.state = item.get<std::string>();
    behind.question = source.value("question", std::string());
    if (source.contains("register"))
      behind.question =
          source["register"].get<std::string>() +
          (source.contains("column") ? "/" + source["column"].get<std::string>() : "");
    behind.label = provenance.at("questions").value(behind.question, std::string());
    behind.answer = answer_of(source, behind.state);
    if (source.contains("shared") && source["shared"].contains(behind.state)) {
      const Json& shared = source["shared"][behind.state];
      behind.shared_register = shared.at("register").get<std::string>();
      behind.shared_row = shared.at("row").get<std::string>();
    }
    const Json& submissions = provenance.at("submissions");
    if (!source.value("position", false) && submissions.contains(behind.state)) {
      const Json& submission = submissions[behind.state];
      behind.name = submission.at("name").get<std::string>();
      behind.file = submission.at("file").get<std::string>();
      behind.digest = submission.value("digest", std::string());
    }
    explanation.answers.push_back(std::move(behind));
  }
}

FigureExplanation explain_figure(const Json& provenance, const Json& figure, std::string_view id) {
  FigureExplanation explanation;
  explanation.id = id;
  explanation.table = figure.at("table").get<std::string>();
  explanation.row = figure.at("row").get<std::string>();
  explanation.column = figure.at("column").get<std::string>();
  explanation.is_suppressed = figure.value("suppressed", false);
  if (figure.contains("value")) explanation.value = words_of(figure["value"]);
  if (figure.contains("denominator"))
    explanation.denominator = figure["denominator"].get<std::int64_t>();
  explanation.denominator_kind = figure.value("denominator_kind", std::string());
  explanation.unnamed = figure.value("unnamed", std::int64_t{0});
  explanation.cut_off = provenance.at("cycle").at("cut_off").get<std::string>();
  explanation.audience = provenance.at("audience").get<std::string>();
  explanation.is_test_data = provenance.at("test_data").get<bool>();
  if (figure.contains("sources"))
    for (const Json& source : figure["sources"]) add_answers(provenance, source, explanation);
  return explanation;
}

Error unknown_figure(const Json& figures, std::string_view id,
                     const std::filesystem::path& folder) {
  std::vector<std::string_view> known;
  for (const auto& item : figures.items()) known.push_back(item.key());
  std::string what = fmt::format("expected the id of a figure (table/row/column), got \"{}\"", id);
  if (const auto near = nearest(id, known)) what += fmt::format(" (nearest: \"{}\")", *near);
  return {Error::Kind::not_found, std::move(what), folder.string()};
}

}  // namespace

Result<FigureExplanation> explain(const std::filesystem::path& folder, std::string_view id) {
  const auto bytes = read_provenance(folder);
  if (!bytes) return bytes.error();
  try {
    const Json provenance = Json::parse(*bytes);
    const Json& figures = provenance.at("figures");
    const auto figure = figures.find(std::string(id));
    if (figure == figures.end()) return unknown_figure(figures, id, folder);
    return explain_figure(provenance, *figure, id);
  } catch (const Json::exception& exception) {
    return Error{Error::Kind::bad_input,
                 fmt::format("cannot read the provenance: {}", exception.what()), folder.string()};
  }
}

}  // namespace cosp
