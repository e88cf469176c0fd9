#include "generator/document_set.hpp"

#include <fmt/format.h>

#include <memory>
#include <mutex>
#include <vector>

#include "base/parallel.hpp"
#include "generator/document_parts.hpp"
#include "generator/document_product.hpp"
#include "generator/document_shapes.hpp"
#include "generator/document_submission.hpp"
#include "generator/narrative_arguments.hpp"

namespace cosp {
namespace {

/// What every page of one product shares.
struct Rendering {
  const CompilationInput& input;
  std::span<const Table> tables;
  const Product& product;
  std::string_view language;
  TemplateSet& templates;
};

Result<OutputFile> finish(const Rendering& rendering, DocumentPage& page,
                          const TemplateObject& data, std::string name) {
  if (page.words().failure()) return *page.words().failure();
  Result<std::string> bytes =
      rendering.templates.render(rendering.product.template_name, document_shape(), data);
  if (!bytes) return bytes.error();
  return OutputFile{std::move(name), std::move(*bytes)};
}

Result<OutputFile> render_report(const Rendering& rendering) {
  DocumentPage page(rendering.input, rendering.language);
  const std::string title =
      page.words().words(fmt::format("product.{}.title", rendering.product.id), page.arguments());
  TemplateList parts = parts_of(page, rendering.product, rendering.tables);
  TemplateList attribution = words_of(page.words().words("document.attribution_report"));
  TemplateObject data = page.finish(title, std::move(attribution));
  data.set("parts", std::move(parts))
      .set("chapters", TemplateList{})
      .set("sections", TemplateList{});
  return finish(rendering, page, data,
                fmt::format("{}.{}.html", rendering.product.id, rendering.language));
}

Result<OutputFile> render_submission(const Rendering& rendering, const Contributor& contributor) {
  DocumentPage page(rendering.input, rendering.language);
  page.add_arguments(submitter_arguments(rendering.input, contributor, rendering.language));
  const std::string title =
      page.words().words(fmt::format("product.{}.title", rendering.product.id), page.arguments());
  AnswerText answers(page.words(), contributor, rendering.input.audience);
  TemplateList parts = parts_of(page, rendering.product, rendering.tables);
  TemplateList chapters = submission_chapters(page, answers, contributor);
  TemplateList sections = submission_sections(page, answers, contributor);
  TemplateList attribution =
      words_of(page.words().words("document.attribution_state", page.arguments()));
  TemplateObject data = page.finish(title, std::move(attribution));
  data.set("parts", std::move(parts))
      .set("chapters", std::move(chapters))
      .set("sections", std::move(sections));
  return finish(rendering, page, data,
                fmt::format("{}/{}.{}.html", rendering.product.id, contributor.entry->code,
                            rendering.language));
}

bool is_rendered(const CompilationInput& input, const Contributor& contributor) {
  if (contributor.entry->kind == SubmitterKind::body) return false;
  return input.audience == Audience::secretariat || may_publish(contributor);
}

/// The page of each contributor, several at a time.
Result<void> render_each(const Rendering& rendering, const OutputSink& sink) {
  std::vector<const Contributor*> contributors;
  for (const Contributor& contributor : rendering.input.contributors)
    if (is_rendered(rendering.input, contributor)) contributors.push_back(&contributor);
  std::mutex mutex;
  Result<void> outcome;
  std::size_t failed = contributors.size();  ///< the first, whatever thread came to it
  in_parallel(contributors.size(), 0, [&]() -> IndexedWork {
    const auto templates = std::make_shared<TemplateSet>(rendering.templates.another());
    return [&, templates](std::size_t i) {
      const Rendering own{rendering.input, rendering.tables, rendering.product, rendering.language,
                          *templates};
      {
        const std::lock_guard lock(mutex);
        if (i > failed) return;
      }
      Result<OutputFile> file = render_submission(own, *contributors[i]);
      const std::lock_guard lock(mutex);
      if (i > failed) return;
      const Result<void> taken = file ? sink(std::move(*file)) : Result<void>(file.error());
      if (taken) return;
      failed = i;
      outcome = taken.error();
    };
  });
  return outcome;
}

}  // namespace

Result<void> render_product(const CompilationInput& input, std::span<const Table> tables,
                            const Declaration& product, std::string_view language,
                            TemplateSet& templates, const OutputSink& sink) {
  const ProductReading reading = read_product(input.form, product);
  if (!reading.mistakes.empty())
    return Error{Error::Kind::bad_input, fmt::format("{}", fmt::join(reading.mistakes, "\n")),
                 reading.product.id};
  if (reading.product.format != "html") return {};
  if (!reading.product.is_for(input.audience)) return {};
  const Rendering rendering{input, tables, reading.product, language, templates};
  const auto hand_over = [&](Result<OutputFile> file) -> Result<void> {
    if (!file) return file.error();
    return sink(std::move(*file));
  };
  if (!reading.product.is_each_state) return hand_over(render_report(rendering));
  return render_each(rendering, sink);
}

}  // namespace cosp
