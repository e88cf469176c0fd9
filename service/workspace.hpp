/// Where the data of the product lie, and the forms prepared for use.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "generator/template_set.hpp"
#include "model/cycle.hpp"
#include "model/form.hpp"
#include "model/mistake.hpp"
#include "validator/validator.hpp"

namespace cosp {

/// A form with everything that is made once for it.
struct PreparedForm {
  explicit PreparedForm(Form loaded) : form(std::move(loaded)), validator(form) {}
  PreparedForm(const PreparedForm&) = delete;
  PreparedForm& operator=(const PreparedForm&) = delete;

  const Form form;
  const Validator validator;
};

struct WorkspaceOptions {
  /// Searched before the program's own data (`--data`, else COSP_DATA): a folder with `forms`,
  /// `data`, `templates`, or any of them. What it lacks is taken from the program's own.
  std::optional<std::filesystem::path> data;
  bool use_cache = true;  ///< keep compiled forms in $XDG_CACHE_HOME/cosp, else ~/.cache/cosp
};

/// Finds and loads forms, cycles, rosters and templates. Thread-safe.
class Workspace {
 public:
  /// Errors: `not_found` when neither `options.data` nor the program's own data exist.
  static Result<std::unique_ptr<Workspace>> open(const WorkspaceOptions& options);

  /// Forms found, by id, oldest version first. A form of the same id and version in the given data
  /// hides the program's.
  std::vector<FormRelease> forms() const;
  /// Loaded when first asked for, then kept. Errors: `not_found` with the nearest known id;
  /// `bad_input` with every mistake of the declarations, a line each.
  Result<std::shared_ptr<const PreparedForm>> form(std::string_view id, std::string_view version);
  /// The newest version of that id; when `id` is empty, of the first by id that is for States.
  Result<std::shared_ptr<const PreparedForm>> newest_form(std::string_view id);
  /// The form that a cycle targets. Errors: those of `form`; `bad_input` with every name in the
  /// cycle that the form does not have (chapters, rules, provisions), a line each.
  Result<std::shared_ptr<const PreparedForm>> form_of(const Cycle& cycle);
  /// Every mistake of a form's declarations: of the loader, and of rules, tables and products.
  Result<std::vector<Mistake>> lint(std::string_view id, std::string_view version);

  /// Errors: `not_found`, `bad_input` with every mistake, a line each.
  Result<std::shared_ptr<const Cycle>> cycle(const std::filesystem::path& file) const;

  /// The templates of the given data and the program's own; must not outlive the workspace.
  TemplateSet template_set() const;
  /// Path of a file in the form's folder, which may not exist; empty for an unknown form.
  std::filesystem::path form_file(std::string_view id, std::string_view version,
                                  const std::filesystem::path& name) const;
  /// Path of data/<name>.
  Result<std::filesystem::path> data_file(const std::filesystem::path& name) const;

 private:
  explicit Workspace(std::vector<std::filesystem::path> roots, std::filesystem::path cache);
  std::filesystem::path find(const std::filesystem::path& relative) const;
  std::filesystem::path form_folder(std::string_view id, std::string_view version) const;
  /// Authentic texts that stand in data given beside the form's own folder; empty: none.
  std::filesystem::path authentic_folder(std::string_view id, std::string_view version) const;

  std::vector<std::filesystem::path> roots_;  ///< in the order searched; never empty
  std::filesystem::path cache_;               ///< empty: none
  std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, std::shared_ptr<const PreparedForm>> prepared_;
};

/// The program's own data: beside the installed program, else in the source tree above a program
/// that was built there, else where it was configured to be installed, else the current folder.
/// Empty when none of them holds forms and templates.
std::filesystem::path own_data_folder();

}  // namespace cosp
