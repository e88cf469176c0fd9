#include "service/compiling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "base/digest.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "generator/compilation.hpp"
#include "generator/document_product.hpp"
#include "generator/document_set.hpp"
#include "generator/open_data.hpp"
#include "generator/workbook.hpp"

namespace cosp {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint64_t kMostFileBytes = std::uint64_t{1} << 32;
constexpr std::string_view kWorkbookFormat = "xlsx";

/// A product as declared and as read.
struct ChosenProduct {
  const Declaration* declaration = nullptr;
  Product product;
};

struct Chosen {
  std::vector<Contributor> contributors;
  std::vector<LeftOut> left_out;
};

/// Why a submission is not counted, whatever others there are; nothing when it may be.
std::optional<std::string> why_not(const Offered& offered, const Cycle& cycle) {
  const CheckedSubmission& checked = *offered.checked;
  if (checked.report.outcome == Outcome::unreadable) return "unreadable";
  if (checked.report.outcome == Outcome::blocked) return "blocked; `cosp validate` says why";
  if (checked.submission->header.stage == Stage::draft) return "a draft";
  if (cycle.roster.find(checked.submission->header.submitter) == nullptr)
    return "its submitter is not in the roster";
  if (offered.received && *offered.received > cycle.cut_off) return "received after the cut-off";
  return std::nullopt;
}

std::uint32_t revision_of(const Offered& offered) {
  return offered.revision != 0 ? offered.revision : offered.checked->submission->header.revision;
}

/// The file's name without the folders above it, so that the same files in another place give the
/// same bytes.
std::string name_of(const Offered& offered) {
  return fs::path(offered.checked->report.file).filename().string();
}

Chosen choose(const std::vector<Offered>& offered, const Cycle& cycle) {
  Chosen chosen;
  std::map<std::string, const Offered*> latest;
  for (const Offered& candidate : offered) {
    if (const auto why = why_not(candidate, cycle)) {
      chosen.left_out.push_back({candidate.checked->report.file, *why});
      continue;
    }
    const Offered*& known = latest[candidate.checked->submission->header.submitter];
    const bool is_later = known == nullptr || revision_of(candidate) > revision_of(*known);
    if (known != nullptr) {
      const Offered& old = is_later ? *known : candidate;
      const bool is_same = revision_of(candidate) == revision_of(*known);
      chosen.left_out.push_back(
          {old.checked->report.file,
           is_same ? fmt::format(
                         "a second file of revision {}; the later of the two needs a higher number",
                         revision_of(old))
                   : fmt::format("superseded by revision {}",
                                 revision_of(is_later ? candidate : *known))});
    }
    if (is_later) known = &candidate;
  }
  for (const auto& [code, taken] : latest)
    chosen.contributors.push_back({cycle.roster.find(code), taken->checked->submission.get(),
                                   taken->checked->evaluation.get(), taken->received,
                                   name_of(*taken), taken->checked->report.digests.submission});
  return chosen;
}

/// The languages asked for; all of the form when none is. For one that the form lacks, its source
/// language.
std::vector<std::string> choose_languages(const Form& form,
                                          const std::vector<std::string>& wanted) {
  std::vector<std::string> chosen;
  if (wanted.empty())
    for (const StringRef tag : form.tables().languages) chosen.emplace_back(form.string(tag));
  for (const std::string& tag : wanted) {
    const std::string given(form.language_tag(form.language(tag)));
    if (std::find(chosen.begin(), chosen.end(), given) == chosen.end()) chosen.push_back(given);
  }
  return chosen;
}

Result<std::vector<ChosenProduct>> choose_products(const Form& form,
                                                   const std::vector<std::string>& wanted) {
  std::vector<ChosenProduct> products;
  std::vector<std::string_view> known;
  const auto choose = [&](const Declaration& declaration) {
    products.push_back({&declaration, read_product(form, declaration).product});
  };
  for (const Declaration& declaration : form.products()) {
    known.push_back(form.string(declaration.id));
    if (wanted.empty()) choose(declaration);
  }
  for (const std::string& id : wanted) {
    const std::uint32_t found = form.find_product(id);
    if (found == kNone) {
      const auto near = nearest(id, known);
      return Error{Error::Kind::bad_input,
                   fmt::format("unknown product \"{}\"; {}", id,
                               near ? fmt::format("did you mean \"{}\"?", *near)
                                    : fmt::format("known: {}", fmt::join(known, ", "))),
                   ""};
    }
    choose(form.products()[found]);
  }
  return products;
}

/// Writes one audience's part of the set.
class PartWriter {
 public:
  PartWriter(OutputFolder& folder, const CompilationInput& input, TemplateSet& templates)
      : folder_(folder),
        input_(input),
        templates_(templates),
        part_(std::string(to_string(input.audience))) {}

  Result<void> write(const std::vector<ChosenProduct>& products,
                     const std::vector<std::string>& languages, const std::function<void()>& step) {
    const auto tables = count_tables(input_);
    if (!tables) return tables.error();
    for (const ChosenProduct& product : products)
      for (const std::string& language : languages) {
        if (auto written = write_product(product, *tables, language); !written) return written;
        step();
      }
    return make_open_data(input_, *tables, languages.front(), sink());
  }

 private:
  OutputSink sink() {
    return [this](const OutputFile& file) {
      return folder_.write(fs::path(part_) / file.name, file.bytes);
    };
  }

  Result<void> write_product(const ChosenProduct& chosen, const std::vector<Table>& tables,
                             const std::string& language) {
    if (!chosen.product.is_for(input_.audience)) return {};
    if (chosen.product.format == kWorkbookFormat)
      return write_workbook_file(chosen, tables, language);
    return render_product(input_, tables, *chosen.declaration, language, templates_, sink());
  }

  Result<void> write_workbook_file(const ChosenProduct& chosen, const std::vector<Table>& tables,
                                   const std::string& language) {
    const fs::path name = fmt::format("{}.{}.xlsx", chosen.product.id, language);
    std::error_code failed;
    fs::create_directories(folder_.staging() / part_, failed);
    if (failed) return Error{Error::Kind::io, "cannot make folder: " + failed.message(), part_};
    return write_workbook(input_, tables, *chosen.declaration, language,
                          folder_.staging() / part_ / name);
  }

  OutputFolder& folder_;
  const CompilationInput& input_;
  TemplateSet& templates_;
  std::string part_;
};

std::vector<std::string> files_below(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code failed;
  for (fs::recursive_directory_iterator walk(folder, failed), end; !failed && walk != end;
       walk.increment(failed)) {
    std::error_code ignored;
    if (walk->is_regular_file(ignored))
      names.push_back(fs::relative(walk->path(), folder, ignored).generic_string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// Official documents speak in languages that somebody has reviewed, text by text, or not at all.
Result<void> check_reviewed(const Form& form, const Cycle& cycle,
                            const std::vector<std::string>& languages) {
  if (cycle.purpose != Purpose::official) return {};
  std::string all;
  for (const std::string& language : languages) {
    const TextCounts& counts = form.tables().text_counts[form.language(language)];
    if (counts.not_reviewed() == 0) continue;
    all += fmt::format(
        "{}the cycle is official, and {} of the {} texts in \"{}\" are not reviewed ({} "
        "translated, {} not recorded, {} stale, {} missing); `cosp texts check {} --lang {}` shows "
        "them",
        all.empty() ? "" : "\n", counts.not_reviewed(), counts.not_reviewed() + counts.reviewed,
        language, counts.translated, counts.unrecorded, counts.stale, counts.missing, form.id(),
        language);
  }
  if (all.empty()) return {};
  return Error{Error::Kind::bad_input, all, "cycle " + cycle.id};
}

Json digests_of(const Form& form) {
  Json texts = Json::object();
  for (std::size_t i = 0; i < form.tables().languages.size(); ++i)
    texts[std::string(form.string(form.tables().languages[i]))] =
        form.string(form.tables().text_digests[i]);
  return {{"id", form.id()},
          {"version", form.version()},
          {"structure", form.structure_digest()},
          {"rules", form.rules_digest()},
          {"texts", texts}};
}

/// What was made of what; the public one names those who consent to publication only.
Result<std::string> manifest(const CompilationInput& input, const fs::path& folder) {
  Json submissions = Json::array();
  std::size_t unnamed = 0;
  for (const Contributor& contributor : input.contributors) {
    if (input.audience == Audience::open && !may_publish(contributor)) {
      ++unnamed;
      continue;
    }
    Json entry = {{"submitter", contributor.entry->code}, {"file", contributor.file}};
    // The digest covers answers that are not public, and would let anyone try out what they might
    // be.
    if (input.audience == Audience::secretariat) entry["digest"] = contributor.digest;
    if (contributor.received) entry["received"] = contributor.received->to_string();
    submissions.push_back(std::move(entry));
  }
  Json files = Json::array();
  for (const std::string& name : files_below(folder)) {
    const auto bytes = read_file(folder / name, kMostFileBytes);
    if (!bytes) return bytes.error();
    files.push_back({{"name", name}, {"bytes", bytes->size()}, {"sha256", sha256_hex(*bytes)}});
  }
  const Json document = {{"format", "cosp-manifest/1"},
                         {"program", std::string("cosp ") + COSP_VERSION},
                         {"audience", to_string(input.audience)},
                         {"form", digests_of(input.form)},
                         {"cycle",
                          {{"id", input.cycle.id},
                           {"digest", input.cycle.digest},
                           {"purpose", to_string(input.cycle.purpose)},
                           {"cut_off", input.cycle.cut_off.to_string()},
                           {"invented_roster", input.cycle.roster.is_invented}}},
                         {"submissions", submissions},
                         {"submissions_not_named", unnamed},
                         {"files", files}};
  return document.dump(2) + "\n";
}

}  // namespace

Result<CompileSummary> compile(Workspace& workspace, const PreparedForm& form, const Cycle& cycle,
                               const std::vector<Offered>& offered, const CompileRequest& request) {
  const auto languages = choose_languages(form.form, request.languages);
  if (const auto read = check_reviewed(form.form, cycle, languages); !read) return read.error();
  const auto products = choose_products(form.form, request.only);
  if (!products) return products.error();
  Chosen chosen = choose(offered, cycle);
  auto folder = OutputFolder::create(request.output);
  if (!folder) return Error{Error::Kind::io, folder.error().what, folder.error().where};
  TemplateSet templates = workspace.template_set();
  std::size_t done = 0;
  const std::size_t total = 2 * products->size() * languages.size();
  const auto step = [&] {
    if (request.progress) request.progress(++done, total);
  };
  for (const Audience audience : {Audience::open, Audience::secretariat}) {
    const CompilationInput input{form.form, cycle, chosen.contributors, audience};
    PartWriter writer(*folder, input, templates);
    if (const auto written = writer.write(*products, languages, step); !written)
      return written.error();
    const fs::path part(to_string(audience));
    const auto text = manifest(input, folder->staging() / part);
    if (!text) return text.error();
    if (const auto written = folder->write(part / OutputFolder::kMarker, *text); !written)
      return written.error();
    if (audience == Audience::secretariat)
      if (const auto written = folder->write(OutputFolder::kMarker, *text); !written)
        return written.error();
  }
  CompileSummary summary;
  summary.counted = chosen.contributors.size();
  summary.left_out = std::move(chosen.left_out);
  summary.files = files_below(folder->staging());
  if (const auto committed = folder->commit(); !committed) return committed.error();
  return summary;
}

}  // namespace cosp
