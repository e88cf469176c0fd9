#include "service/workspace.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "base/file.hpp"
#include "base/text.hpp"
#include "generator/document_set.hpp"
#include "generator/lint.hpp"
#include "readers/cycle_reader.hpp"
#include "readers/form_loader.hpp"
#include "service/translating.hpp"
#include "validator/cycle_lint.hpp"

namespace cosp {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kMostTemplateBytes = 256u << 10;

bool holds_data(const fs::path& folder) {
  std::error_code ignored;
  return fs::is_directory(folder / "forms", ignored) &&
         fs::is_directory(folder / "templates", ignored);
}

fs::path cache_folder() {
  if (const char* xdg = std::getenv("XDG_CACHE_HOME"); xdg != nullptr && *xdg == '/')
    return fs::path(xdg) / "cosp";
  if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/')
    return fs::path(home) / ".cache" / "cosp";
  return {};
}

/// Versions by their numbers, so that 0.10.0 comes after 0.9.0.
bool version_less(std::string_view left, std::string_view right) {
  while (!left.empty() && !right.empty()) {
    int a = 0, b = 0;
    const auto end_a = std::from_chars(left.data(), left.data() + left.size(), a).ptr;
    const auto end_b = std::from_chars(right.data(), right.data() + right.size(), b).ptr;
    if (a != b) return a < b;
    left.remove_prefix(std::min(left.size(), static_cast<std::size_t>(end_a - left.data()) + 1));
    right.remove_prefix(std::min(right.size(), static_cast<std::size_t>(end_b - right.data()) + 1));
  }
  return left.size() < right.size();
}

std::vector<std::string> folders_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored))
    if (entry.is_directory(ignored)) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

fs::path own_data_folder() {
  std::error_code failed;
  const fs::path program = fs::read_symlink("/proc/self/exe", failed);
  if (!failed) {
    fs::path beside = program.parent_path().parent_path() / "share" / "cosp";
    if (holds_data(beside)) return beside;
    // A program run from a build folder inside the source tree, or from a test there.
    fs::path above = program.parent_path();
    for (int level = 0; level < 5 && above.has_relative_path();
         ++level, above = above.parent_path())
      if (holds_data(above)) return above;
  }
  if (fs::path configured = COSP_INSTALLED_DATA; holds_data(configured)) return configured;
  const fs::path here = fs::current_path(failed);
  return !failed && holds_data(here) ? here : fs::path();
}

Workspace::Workspace(std::vector<fs::path> roots, fs::path cache)
    : roots_(std::move(roots)), cache_(std::move(cache)) {}

Result<std::unique_ptr<Workspace>> Workspace::open(const WorkspaceOptions& options) {
  std::vector<fs::path> roots;
  std::error_code failed;
  std::vector<fs::path> named;
  if (options.data) named.push_back(*options.data);
  if (const char* set = std::getenv("COSP_DATA"); set != nullptr && *set != '\0')
    named.emplace_back(set);
  for (const fs::path& folder : named) {
    const fs::path absolute = fs::canonical(folder, failed);
    if (failed) return Error{Error::Kind::not_found, "no such data folder", folder.string()};
    roots.push_back(absolute);
  }
  if (const fs::path own = own_data_folder(); !own.empty())
    roots.push_back(fs::canonical(own, failed));
  if (roots.empty())
    return Error{Error::Kind::not_found,
                 "found no forms and templates; name their folder with --data or COSP_DATA", ""};
  std::unique_ptr<Workspace> workspace(
      new Workspace(std::move(roots), options.use_cache ? cache_folder() : fs::path()));
  // Without them reports would show the ids of texts.
  if (workspace->find(fs::path("data") / "texts").empty())
    return Error{Error::Kind::not_found,
                 "found no data/texts; name the folder that holds it with --data or COSP_DATA", ""};
  return workspace;
}

fs::path Workspace::find(const fs::path& relative) const {
  std::error_code ignored;
  for (const fs::path& root : roots_)
    if (fs::exists(root / relative, ignored)) return root / relative;
  return {};
}

fs::path Workspace::form_folder(std::string_view id, std::string_view version) const {
  return find(fs::path("forms") / id / version / "form.yaml").parent_path();
}

fs::path Workspace::authentic_folder(std::string_view id, std::string_view version) const {
  fs::path found = find(fs::path("forms") / id / version / "authentic");
  // The form's own is read with it.
  return found.parent_path() == form_folder(id, version) ? fs::path() : found;
}

std::vector<FormRelease> Workspace::forms() const {
  std::vector<FormRelease> found;
  std::error_code ignored;
  for (const fs::path& root : roots_)
    for (const std::string& id : folders_in(root / "forms"))
      for (const std::string& version : folders_in(root / "forms" / id))
        if (fs::exists(root / "forms" / id / version / "form.yaml", ignored))
          found.push_back({id, version});
  std::stable_sort(found.begin(), found.end(), [](const FormRelease& a, const FormRelease& b) {
    return a.id != b.id ? a.id < b.id : version_less(a.version, b.version);
  });
  const auto same = [](const FormRelease& a, const FormRelease& b) {
    return a.id == b.id && a.version == b.version;
  };
  found.erase(std::unique(found.begin(), found.end(), same), found.end());
  return found;
}

Result<std::shared_ptr<const PreparedForm>> Workspace::form(std::string_view id,
                                                            std::string_view version) {
  const std::lock_guard lock(mutex_);
  const auto key = std::make_pair(std::string(id), std::string(version));
  if (const auto known = prepared_.find(key); known != prepared_.end()) return known->second;
  const fs::path folder = form_folder(id, version);
  if (folder.empty()) {
    std::vector<std::string> names;
    for (const FormRelease& release : forms()) names.push_back(release.id + " " + release.version);
    const std::string wanted =
        version.empty() ? std::string(id) : fmt::format("{} {}", id, version);
    const std::vector<std::string_view> known(names.begin(), names.end());
    const auto near = nearest(wanted, known);
    return Error{Error::Kind::not_found,
                 fmt::format("unknown form \"{}\"{}", wanted,
                             near ? fmt::format("; did you mean \"{}\"?", *near)
                                  : fmt::format("; known: {}", fmt::join(names, ", "))),
                 ""};
  }
  auto loaded =
      load_form(folder, find(fs::path("data") / "texts"), cache_, authentic_folder(id, version));
  if (!loaded) return loaded.error();
  auto prepared = std::make_shared<const PreparedForm>(std::move(loaded->form));
  prepared_.emplace(key, prepared);
  return prepared;
}

Result<std::shared_ptr<const PreparedForm>> Workspace::newest_form(std::string_view id) {
  const auto all = forms();
  const auto newest = [&](std::string_view wanted) {
    const FormRelease* found = nullptr;
    for (const FormRelease& release : all)
      if (release.id == wanted) found = &release;
    return found;
  };
  if (!id.empty()) {
    const FormRelease* release = newest(id);
    return release == nullptr ? form(id, "") : form(release->id, release->version);
  }
  for (const FormRelease& release : all) {
    if (&release != newest(release.id)) continue;
    auto prepared = form(release.id, release.version);
    // Nobody means a form for other bodies without naming it.
    if (!prepared || (*prepared)->form.admits(SubmitterKind::state)) return prepared;
  }
  return form(id, "");
}

Result<std::shared_ptr<const PreparedForm>> Workspace::form_of(const Cycle& cycle) {
  auto prepared = form(cycle.forms.front().id, cycle.forms.front().version);
  if (!prepared) return prepared;
  std::string all;
  for (const Mistake& mistake : lint_cycle((*prepared)->form, cycle))
    all += (all.empty() ? "" : "\n") + mistake.what;
  if (all.empty()) return prepared;
  return Error{Error::Kind::bad_input, all, "cycle " + cycle.id};
}

Result<std::vector<Mistake>> Workspace::lint(std::string_view id, std::string_view version) {
  const fs::path folder = form_folder(id, version);
  if (folder.empty()) return form(id, version).error();
  FormCompilation compiled =
      compile_form(folder, find(fs::path("data") / "texts"), authentic_folder(id, version));
  if (!compiled.form) return std::move(compiled.mistakes);
  std::vector<Mistake> mistakes = std::move(compiled.mistakes);
  TemplateSet templates = template_set();
  for (std::vector<Mistake> found : {Validator::lint(*compiled.form), lint_tables(*compiled.form),
                                     lint_products(*compiled.form, &templates),
                                     lint_patterns(text_places(*this, *compiled.form))})
    mistakes.insert(mistakes.end(), std::make_move_iterator(found.begin()),
                    std::make_move_iterator(found.end()));
  return mistakes;
}

Result<std::shared_ptr<const Cycle>> Workspace::cycle(const fs::path& file) const {
  auto loaded = load_cycle(file, find(fs::path("data") / "rosters"));
  if (!loaded) return loaded.error();
  return std::make_shared<const Cycle>(std::move(*loaded));
}

TemplateSet Workspace::template_set() const {
  return TemplateSet([this](std::string_view name) -> Result<std::string> {
    const fs::path found = find(fs::path("templates") / name);
    if (found.empty()) return Error{Error::Kind::not_found, "no such template", std::string(name)};
    return read_file(found, kMostTemplateBytes);
  });
}

fs::path Workspace::form_file(std::string_view id, std::string_view version,
                              const fs::path& name) const {
  const fs::path folder = form_folder(id, version);
  return folder.empty() ? folder : folder / name;
}

Result<fs::path> Workspace::data_file(const fs::path& name) const {
  fs::path found = find(fs::path("data") / name);
  if (found.empty()) return Error{Error::Kind::not_found, "no such data file", name.string()};
  return found;
}

}  // namespace cosp
