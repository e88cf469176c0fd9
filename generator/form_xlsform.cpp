#include "generator/form_xlsform.hpp"

#include <fmt/format.h>

#include "generator/form_xlsform_rows.hpp"
#include "generator/workbook_sheet.hpp"

namespace cosp {
namespace {

/// The day in the file's properties: always the same, so that the bytes are.
constexpr Date kCreated{2000, 1, 1};

class Sheet {
 public:
  Sheet(WorkbookFile& file, const char* name) : file_(file) {
    sheet_ = file.add_sheet(name, used_);
  }

  void headings(const std::vector<std::string>& headings) {
    for (std::size_t i = 0; i < headings.size(); ++i)
      file_.write(sheet_, 0, static_cast<std::uint16_t>(i), headings[i], Style::heading);
    file_.check(
        worksheet_set_column(sheet_, 0, static_cast<lxw_col_t>(headings.size() - 1), 24, nullptr),
        "setting widths");
    worksheet_freeze_panes(sheet_, 1, 0);
  }

  /// Empty cells are left out.
  void row(const std::vector<std::string>& cells) {
    ++row_;
    for (std::size_t i = 0; i < cells.size(); ++i)
      if (!cells[i].empty())
        file_.write(sheet_, row_, static_cast<std::uint16_t>(i), cells[i], Style::words);
  }

 private:
  WorkbookFile& file_;
  lxw_worksheet* sheet_ = nullptr;
  std::string used_;
  std::uint32_t row_ = 0;
};

void append(std::vector<std::string>& cells, const std::vector<std::string>& texts,
            std::size_t languages) {
  for (std::size_t i = 0; i < languages; ++i)
    cells.push_back(i < texts.size() ? texts[i] : std::string());
}

void append_headings(std::vector<std::string>& headings, std::string_view what,
                     const XlsSurvey& survey) {
  for (const std::string& language : survey.language_names)
    headings.push_back(fmt::format("{}::{}", what, language));
}

void write_survey(WorkbookFile& file, const XlsSurvey& survey) {
  Sheet sheet(file, "survey");
  std::vector<std::string> headings{"type", "name"};
  append_headings(headings, "label", survey);
  append_headings(headings, "hint", survey);
  for (const char* name :
       {"required", "relevant", "constraint", "appearance", "choice_filter", "calculation"})
    headings.emplace_back(name);
  append_headings(headings, "constraint_message", survey);
  headings.insert(headings.end(), {"code", "note"});
  sheet.headings(headings);
  const std::size_t languages = survey.languages.size();
  for (const XlsRow& row : survey.rows) {
    std::vector<std::string> cells{row.type, row.name};
    append(cells, row.labels, languages);
    append(cells, row.hints, languages);
    cells.insert(cells.end(), {row.required, row.relevant, row.constraint, row.appearance,
                               row.choice_filter, row.calculation});
    append(cells, row.messages, languages);
    cells.insert(cells.end(), {row.code, row.note});
    sheet.row(cells);
  }
}

void write_choices(WorkbookFile& file, const XlsSurvey& survey) {
  Sheet sheet(file, "choices");
  std::vector<std::string> headings{"list_name", "name"};
  append_headings(headings, "label", survey);
  sheet.headings(headings);
  for (const XlsChoice& choice : survey.choices) {
    std::vector<std::string> cells{choice.list, choice.name};
    append(cells, choice.labels, survey.languages.size());
    sheet.row(cells);
  }
}

/// A form's id there is a name too.
std::string id_of(const Form& form) {
  std::string id(form.id());
  for (char& c : id)
    if (c == '-') c = '_';
  return id;
}

}  // namespace

Result<void> write_xlsform(const Form& form, std::string_view default_language,
                           const ConditionWords& condition_words,
                           const std::filesystem::path& path) {
  const XlsSurvey survey = xlsform_survey(form, default_language, condition_words);
  WorkbookFile file(path, "en", kCreated, survey.titles.front());
  write_survey(file, survey);
  write_choices(file, survey);
  Sheet settings(file, "settings");
  settings.headings({"form_title", "form_id", "version", "default_language", "structure"});
  settings.row({survey.titles.front(), id_of(form), std::string(form.version()),
                survey.language_names.front(), std::string(form.structure_digest())});
  return file.close();
}

}  // namespace cosp
