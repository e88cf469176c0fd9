#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "apps/commands.hpp"
#include "apps/full_commands.hpp"
#include "base/text.hpp"
#include "service/converting.hpp"
#include "service/submission_file.hpp"
#include "validator/finding_text.hpp"

namespace cosp::apps {
namespace {

std::string listed(const std::vector<NotCarried>& entries, std::string_view heading) {
  if (entries.empty()) return {};
  std::string text = fmt::format("{}\n", heading);
  for (const NotCarried& entry : entries)
    text += fmt::format("  {}: {}\n    {}\n", entry.place, entry.json, entry.why);
  return mask_controls(text);
}

/// docs/formats/migration.md
std::string as_json(const FileMigration& done) {
  const auto list = [](const std::vector<NotCarried>& entries) {
    auto array = nlohmann::ordered_json::array();
    for (const NotCarried& entry : entries)
      array.push_back({{"place", entry.place},
                       {"value", nlohmann::ordered_json::parse(entry.json, nullptr, false)},
                       {"why", entry.why}});
    return array;
  };
  const auto release = [](const Form& form) {
    return nlohmann::ordered_json{{"id", form.id()}, {"version", form.version()}};
  };
  const nlohmann::ordered_json root = {{"format", "cosp-migration-report/1"},
                                       {"from", release(done.from->form)},
                                       {"to", release(done.to->form)},
                                       {"carried", done.migrated.carried},
                                       {"not_carried", list(done.migrated.not_carried)},
                                       {"lapsed", list(done.migrated.lapsed)}};
  return root.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

int refuse(const MigrateOptions& options, const FileMigration& done) {
  const Form& form = done.from->form;
  FindingTexts texts(form, form.language_tag(0));
  std::string text;
  for (const Finding& finding : done.findings) {
    if (!done.is_unreadable && !loses_answers(finding)) continue;
    text += fmt::format("{}: {}: {}\n", options.from.string(), mask_controls(position_of(finding)),
                        mask_controls(texts.text(finding).message));
  }
  text += fmt::format("{}: not written, since not all of {} could be read\n", options.to.string(),
                      options.from.string());
  return std::max(done.is_unreadable ? kUnreadable : kFound, print(text));
}

}  // namespace

int run(const MigrateOptions& options, Workspace& workspace) {
  if (!can_be_written(options.to)) return kUsage;
  const auto form = form_named(workspace, options.form);
  if (!form) return fail(form.error());
  const std::string language = language_for((*form)->form, options.language);
  const auto done = migrate_file(workspace, options.from, options.to, *form, options.map, language,
                                 options.leaves_out);
  if (!done) return fail(done.error());
  if (!done->is_written) return refuse(options, *done);
  const Migrated& migrated = done->migrated;
  const int code = migrated.not_carried.empty() ? kDone : kFound;
  if (options.as_json) return std::max(code, print(as_json(*done)));
  return std::max(code, print(listed(migrated.not_carried, "Not carried over:") +
                              listed(migrated.lapsed, "Explanations that have lapsed:") +
                              fmt::format("{}: {} {} -> {}, {} carried over, {} not\n",
                                          options.to.string(), (*form)->form.id(),
                                          done->from->form.version(), (*form)->form.version(),
                                          migrated.carried, migrated.not_carried.size())));
}

}  // namespace cosp::apps
