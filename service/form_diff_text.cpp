#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "service/form_diff.hpp"

namespace cosp {
namespace {

using Json = nlohmann::ordered_json;

std::string_view word(FormChange::Kind kind) {
  switch (kind) {
    case FormChange::Kind::added: return "added";
    case FormChange::Kind::removed: return "removed";
    case FormChange::Kind::changed: break;
  }
  return "changed";
}

std::string shown(const std::string& text) { return text.empty() ? "(none)" : text; }

std::string detail_text(const FormChange& change, const FormDetail& detail) {
  const std::string aspect = detail.language.empty()
                                 ? detail.aspect
                                 : fmt::format("{} ({})", detail.aspect, detail.language);
  if (change.kind == FormChange::Kind::added)
    return fmt::format("    {}: {}\n", aspect, detail.after);
  if (change.kind == FormChange::Kind::removed)
    return fmt::format("    {}: {}\n", aspect, detail.before);
  return fmt::format("    {}\n      was: {}\n      is:  {}\n", aspect, shown(detail.before),
                     shown(detail.after));
}

/// A scalar in double quotes, which YAML reads as JSON does.
std::string yaml_text(std::string_view text) {
  return Json(std::string(text)).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string release_line(const char* key, const Form& form) {
  return fmt::format("{}: {{id: {}, version: {}, structure: {}}}\n", key, yaml_text(form.id()),
                     yaml_text(form.version()), yaml_text(form.structure_digest()));
}

std::string lines_of(const char* key, const char* owner, const std::vector<MapLine>& lines) {
  if (lines.empty()) return {};
  std::string text = fmt::format("{}:\n", key);
  for (const MapLine& line : lines) {
    const std::string owned =
        *owner == '\0' ? std::string() : fmt::format("{}: {}, ", owner, yaml_text(line.owner));
    const std::string fate = line.guess.empty()
                                 ? fmt::format("drop: {}", yaml_text(line.why))
                                 : fmt::format("to: {}, guess: true", yaml_text(line.guess));
    text += fmt::format("  - {{{}from: {}, {}}}\n", owned, yaml_text(line.from), fate);
  }
  return text;
}

}  // namespace

std::string diff_text(const Form& from, const Form& to, const FormDiff& diff) {
  std::string text =
      fmt::format("{} {} -> {} {}\n", from.id(), from.version(), to.id(), to.version());
  if (diff.changes.empty()) return text + "no difference\n";
  for (const FormChange& change : diff.changes) {
    text += fmt::format("\n{} {}: {}\n", change.thing, change.code, word(change.kind));
    for (const FormDetail& detail : change.details) text += detail_text(change, detail);
    if (!change.guess.empty())
      text += fmt::format("    perhaps {} now: equal label and type\n", change.guess);
    if (!change.answers.empty()) text += fmt::format("    earlier answers: {}\n", change.answers);
  }
  return text;
}

std::string diff_json(const Form& from, const Form& to, const FormDiff& diff) {
  const auto release = [](const Form& form) {
    return Json{{"id", form.id()},
                {"version", form.version()},
                {"structure", form.structure_digest()},
                {"rules", form.rules_digest()}};
  };
  Json root = {{"format", "cosp-form-diff/1"},
               {"from", release(from)},
               {"to", release(to)},
               {"changes", Json::array()}};
  for (const FormChange& change : diff.changes) {
    Json one = {{"thing", change.thing},
                {"code", change.code},
                {"change", word(change.kind)},
                {"details", Json::array()}};
    for (const FormDetail& detail : change.details) {
      Json told = {{"aspect", detail.aspect}};
      if (!detail.language.empty()) told["language"] = detail.language;
      if (change.kind != FormChange::Kind::added) told["before"] = detail.before;
      if (change.kind != FormChange::Kind::removed) told["after"] = detail.after;
      one["details"].push_back(std::move(told));
    }
    if (!change.guess.empty()) one["guess"] = change.guess;
    if (!change.answers.empty()) one["answers"] = change.answers;
    root["changes"].push_back(std::move(one));
  }
  return root.dump(2) + "\n";
}

std::string diff_map(const Form& from, const Form& to, const FormDiff& diff) {
  return "# What becomes of answers to the earlier release. Codes without a line stay what they "
         "are.\n"
         "# A line with \"guess: true\" is not applied: take the guess out if it is right; else "
         "put\n"
         "# drop: \"why\" in place of it, or the code that it has become.\n"
         "format: cosp-migration/1\n" +
         release_line("from", from) + release_line("to", to) +
         lines_of("questions", "", diff.questions) + lines_of("options", "list", diff.options) +
         lines_of("registers", "", diff.registers) + lines_of("columns", "register", diff.columns) +
         lines_of("provisions", "", diff.provisions);
}

}  // namespace cosp
