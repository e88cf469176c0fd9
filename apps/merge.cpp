#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "apps/commands.hpp"
#include "apps/full_commands.hpp"
#include "base/text.hpp"
#include "service/converting.hpp"

namespace cosp::apps {
namespace {

std::string or_nothing(const std::string& json) { return json.empty() ? "(nothing)" : json; }

std::string listed(const std::vector<MergeConflict>& conflicts) {
  std::string text;
  for (const MergeConflict& conflict : conflicts) {
    text += fmt::format("{} ({})\n  kept from the base: {}\n", conflict.place, conflict.property,
                        or_nothing(conflict.base_json));
    for (const MergeSide& side : conflict.sides)
      text += fmt::format(
          "  {}{}{}: {}\n", side.name, side.where.empty() ? "" : fmt::format(" {}", side.where),
          side.author.empty() ? "" : fmt::format(" ({})", side.author), or_nothing(side.json));
    if (!conflict.cited_by.empty()) text += fmt::format("  still cited by {}\n", conflict.cited_by);
  }
  return mask_controls(text);
}

/// docs/formats/merge.md
std::string as_json(const Merged& merged) {
  const auto value = [](const std::string& json) {
    return json.empty() ? nlohmann::ordered_json()
                        : nlohmann::ordered_json::parse(json, nullptr, false);
  };
  nlohmann::ordered_json root = {{"format", "cosp-merge/1"},
                                 {"changes", merged.changes},
                                 {"conflicts", nlohmann::ordered_json::array()}};
  for (const MergeConflict& conflict : merged.conflicts) {
    nlohmann::ordered_json one = {{"place", conflict.place},
                                  {"property", conflict.property},
                                  {"base", value(conflict.base_json)},
                                  {"sides", nlohmann::ordered_json::array()}};
    for (const MergeSide& side : conflict.sides)
      one["sides"].push_back({{"file", side.name},
                              {"where", side.where},
                              {"author", side.author},
                              {"value", value(side.json)}});
    if (!conflict.cited_by.empty()) one["cited_by"] = conflict.cited_by;
    root["conflicts"].push_back(std::move(one));
  }
  return root.dump(2) + "\n";
}

}  // namespace

int run(const MergeOptions& options, Workspace& workspace) {
  if (!can_be_written(options.output)) return kUsage;
  const auto done = merge_files(workspace, options.base, options.parts);
  if (!done) return fail(done.error());
  const Form& form = done->form->form;
  const Merged& merged = done->merged;
  const std::string language = language_for(form, options.language);
  if (const auto written = write_submission_file(form, merged.submission, options.output, language);
      !written)
    return fail(written.error());
  const int code = merged.conflicts.empty() ? kDone : kFound;
  if (options.as_json) return std::max(code, print(as_json(merged)));
  return std::max(
      code, print(listed(merged.conflicts) + fmt::format("{}: {} taken over, {} in conflict\n",
                                                         options.output.string(), merged.changes,
                                                         merged.conflicts.size())));
}

}  // namespace cosp::apps
