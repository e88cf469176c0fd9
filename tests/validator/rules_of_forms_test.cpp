#include <gtest/gtest.h>

#include <filesystem>

#include "readers/form_loader.hpp"
#include "validator/validator.hpp"

namespace cosp {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> form_folders() {
  std::vector<fs::path> folders;
  for (const fs::path root : {"forms", "tests/support/forms"})
    for (const auto& form : fs::directory_iterator(root))
      for (const auto& version : fs::directory_iterator(form.path()))
        folders.push_back(version.path());
  return folders;
}

/// The walk over every rule of every form: its calls, its texts in each language, its examples.
TEST(RulesOfForms, HaveTextsArgumentsAndExamplesThatHold) {
  for (const fs::path& folder : form_folders()) {
    SCOPED_TRACE(folder);
    const FormCompilation compiled = compile_form(folder, "data/texts");
    ASSERT_TRUE(compiled.form) << (compiled.mistakes.empty() ? "" : compiled.mistakes.front().what);
    const Form& form = *compiled.form;
    EXPECT_GE(form.rules().size(), 1u);
    for (const Mistake& mistake : Validator::lint(form))
      ADD_FAILURE() << mistake.file << ":" << mistake.line << ": " << mistake.what;
    for (const Rule& rule : form.rules()) {
      EXPECT_EQ(form.string(form.tables().files[rule.declared.file]),
                "rules/" + std::string(form.string(rule.id)) + ".yaml");
      for (std::uint32_t language = 0; language < form.tables().languages.size(); ++language)
        for (const TextId text : {rule.message, rule.why})
          EXPECT_FALSE(form.text(text, language).is_fallback)
              << form.string(rule.id) << " in " << form.language_tag(language);
    }
  }
}

}  // namespace
}  // namespace cosp
