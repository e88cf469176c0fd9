#include <fmt/format.h>

#include "apps/commands.hpp"
#include "generator/json_schema.hpp"
#include "service/form_diff.hpp"
#include "service/form_outline.hpp"

namespace cosp::apps {
namespace {

int list_forms(Workspace& workspace) {
  std::string text;
  int code = kDone;
  for (const FormRelease& release : workspace.forms()) {
    const auto prepared = workspace.form(release.id, release.version);
    if (!prepared) {
      code = std::max(code, fail(prepared.error()));
      continue;
    }
    const Form& form = (*prepared)->form;
    std::vector<std::string_view> languages;
    for (const StringRef tag : form.tables().languages) languages.push_back(form.string(tag));
    text += fmt::format(
        "{} {}  {}  {} questions, {} rules, {} tables, {} products; languages: {}\n    structure "
        "{}\n",
        release.id, release.version, form.string(form.tables().status), form.questions().size(),
        form.rules().size(), form.table_declarations().size(), form.products().size(),
        fmt::join(languages, ", "), form.structure_digest());
  }
  return std::max(code, print(text));
}

int lint(const FormOptions& options, Workspace& workspace) {
  const std::size_t slash = options.id.find('/');
  std::string id = options.id.substr(0, slash);
  std::string version = slash == std::string::npos ? "" : options.id.substr(slash + 1);
  if (version.empty())
    for (const FormRelease& release : workspace.forms())
      if (release.id == id) version = release.version;
  const auto mistakes = workspace.lint(id, version);
  if (!mistakes) return fail(mistakes.error());
  std::string text;
  for (const Mistake& mistake : *mistakes)
    text += mistake.line == 0 ? fmt::format("{}: {}\n", mistake.file, mistake.what)
                              : fmt::format("{}:{}:{}: {}\n", mistake.file, mistake.line,
                                            mistake.column, mistake.what);
  if (!mistakes->empty())
    return std::max(kFound, print(text + fmt::format("{} mistake{}\n", mistakes->size(),
                                                     mistakes->size() == 1 ? "" : "s")));
  const auto prepared = workspace.form(id, version);
  if (!prepared) return fail(prepared.error());
  text = fmt::format("{} {}: no mistakes\n", id, version);
  text += unverified_provisions((*prepared)->form, options.with_provisions);
  text += errata_text((*prepared)->form);
  if (const std::string missing = missing_texts((*prepared)->form); !missing.empty())
    text += "Texts missing, taken from the source language:\n" + missing;
  return print(text);
}

int diff(const FormOptions& options, Workspace& workspace) {
  const auto earlier = form_named(workspace, options.id);
  if (!earlier) return fail(earlier.error());
  const auto later = form_named(workspace, options.later);
  if (!later) return fail(later.error());
  const Form& from = (*earlier)->form;
  const Form& to = (*later)->form;
  const FormDiff found = diff_forms(from, to, language_for(to, options.language));
  switch (options.diff_as) {
    case FormOptions::DiffAs::text: return print(diff_text(from, to, found));
    case FormOptions::DiffAs::json: return print(diff_json(from, to, found));
    case FormOptions::DiffAs::map: break;
  }
  return print(diff_map(from, to, found));
}

}  // namespace

int run(const FormOptions& options, Workspace& workspace) {
  if (options.act == FormOptions::Act::list) return list_forms(workspace);
  if (options.act == FormOptions::Act::lint) return lint(options, workspace);
  if (options.act == FormOptions::Act::diff) return diff(options, workspace);
  const auto prepared = form_named(workspace, options.id);
  if (!prepared) return fail(prepared.error());
  const Form& form = (*prepared)->form;
  const std::string language = language_for(form, options.language);
  return print(options.act == FormOptions::Act::schema
                   ? submission_schema(form, language)
                   : form_outline(form, language) + provisions_outline(form, language));
}

}  // namespace cosp::apps
