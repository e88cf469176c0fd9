/// A small form with a report and a document of each State, a roster of three, and submissions in
/// their JSON form.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "generator/compilation.hpp"
#include "generator/document_set.hpp"

namespace cosp::testing {

class DocumentFixture {
 public:
  /// `texts` and `products` are put beside the form's own: texts as lines of YAML, products by id.
  explicit DocumentFixture(const std::string& texts = {},
                           const std::map<std::string, std::string>& products = {});
  ~DocumentFixture();
  DocumentFixture(const DocumentFixture&) = delete;
  DocumentFixture& operator=(const DocumentFixture&) = delete;

  const Form& form() const { return *form_; }
  Cycle& cycle() { return cycle_; }

  /// `answers` are members of the submission's "answers", `registers` of its "registers".
  void submit(const std::string& code, const std::string& answers,
              const std::string& registers = {}, const std::string& more = {});
  /// One more row behind those of the submission's file, of whatever id, with a text in its first
  /// column.
  void repeat_row(std::string_view code, std::string_view registry, std::string_view id,
                  std::string_view text);
  /// The files of a product; fails the test when it cannot be rendered.
  std::vector<OutputFile> render(std::string_view product, std::string_view language,
                                 Audience audience);
  /// The one file of that name.
  std::string page(std::string_view product, std::string_view language, Audience audience,
                   std::string_view name);

 private:
  std::filesystem::path folder_;
  std::unique_ptr<Form> form_;
  Cycle cycle_;
  std::vector<std::unique_ptr<Submission>> submissions_;
};

/// The templates of the source tree.
TemplateSet shipped_templates();

/// The text of a page's body: tags out, references resolved, one line a block, white space folded.
std::string text_of(std::string_view html);

/// Whether the page is well-formed as to its elements: each opened one is closed, in order; void
/// ones excepted.
std::string unbalanced_element(std::string_view html);

}  // namespace cosp::testing
