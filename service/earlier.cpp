#include "service/earlier.hpp"

#include <map>
#include <utility>

#include "service/submission_file.hpp"

namespace cosp {
namespace fs = std::filesystem;

struct EarlierReader::Implementation {
  Workspace& workspace;
  std::shared_ptr<const PreparedForm> form;
  const Cycle* cycle;
  SubmissionFileReader reader;
  /// By id and version; the forms are kept as long as their pairings.
  struct Release {
    std::shared_ptr<const PreparedForm> form;
    ReleasePairing pairing;
  };
  std::map<std::pair<std::string, std::string>, Release> releases = {};

  const MigrationMap* map_of(const SubmissionHead& head) const {
    if (cycle == nullptr) return nullptr;
    for (const FormRelease& release : cycle->forms)
      if (release.id == head.form_id && release.version == head.form_version && release.map)
        return &*release.map;
    return nullptr;
  }

  /// Null for the form's own release, and for one that is not to be had.
  Result<const Release*> release_of(const SubmissionHead& head) {
    const bool is_own =
        head.form_id == form->form.id() && head.form_version == form->form.version();
    if (is_own || head.form_id.empty()) return static_cast<const Release*>(nullptr);
    const auto key = std::make_pair(head.form_id, head.form_version);
    if (const auto known = releases.find(key); known != releases.end()) return &known->second;
    auto earlier = workspace.form(head.form_id, head.form_version);
    if (!earlier && earlier.error().kind == Error::Kind::not_found)
      return static_cast<const Release*>(nullptr);
    if (!earlier) return earlier.error();
    auto pairing = ReleasePairing::make((*earlier)->form, form->form, map_of(head));
    if (!pairing) return pairing.error();
    const auto added = releases.emplace(key, Release{std::move(*earlier), std::move(*pairing)});
    return &added.first->second;
  }
};

EarlierReader::EarlierReader(Workspace& workspace, std::shared_ptr<const PreparedForm> form,
                             const Cycle* cycle)
    : implementation_(new Implementation{workspace, std::move(form), cycle, {}}) {}
EarlierReader::~EarlierReader() = default;

Result<EarlierSubmission> EarlierReader::read(const fs::path& file) {
  auto bytes = load_submission_file(file);
  if (!bytes) return bytes.error();
  Implementation& own = *implementation_;
  const auto release = own.release_of(own.reader.head(*bytes));
  if (!release) return release.error();
  const Form& form = *release != nullptr ? (*release)->form->form : own.form->form;
  SubmissionFile read = own.reader.read(*bytes, file.string(), form);
  if (read.is_unreadable)
    return Error{Error::Kind::bad_input, "the earlier submission cannot be read", file.string()};
  if (*release == nullptr) return EarlierSubmission{std::move(read.submission), {}, {}};
  Migrated migrated = migrate((*release)->pairing, read.submission);
  return EarlierSubmission{std::move(migrated.submission), std::string(form.version()),
                           std::move(migrated.not_carried)};
}

}  // namespace cosp
