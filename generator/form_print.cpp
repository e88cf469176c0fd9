#include "generator/form_print.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/language.hpp"
#include "generator/form_workbook_words.hpp"

namespace cosp {
namespace {

using enum ShapeKind;

constexpr ShapeMember kWord[] = {{"text"}};
constexpr ShapeMember kOption[] = {{"text"}, {"hints", list, kWord}};
constexpr ShapeMember kLine[] = {{"label"}, {"css"}};
constexpr ShapeMember kQuestion[] = {{"id"},
                                     {"number"},
                                     {"code"},
                                     {"label"},
                                     {"provisions", list, kWord},
                                     {"help", list, kWord},
                                     {"limits", list, kWord},
                                     {"has_options", flag},
                                     {"options", list, kOption},
                                     {"lines", list, kLine},
                                     {"has_reason", flag}};
constexpr ShapeMember kBlock[] = {{"id"}, {"title"}, {"questions", list, kQuestion}};
constexpr ShapeMember kChapter[] = {{"id"}, {"title"}, {"blocks", list, kBlock}};
constexpr ShapeMember kContents[] = {{"href"}, {"text"}};
constexpr ShapeMember kColophon[] = {{"label"}, {"value"}};
constexpr ShapeMember kPage[] = {{"lang"},
                                 {"dir"},
                                 {"title"},
                                 {"subtitle"},
                                 {"draft", list, kWord},
                                 {"unreviewed", list, kWord},
                                 {"notices", list, kWord},
                                 {"header", list, kLine},
                                 {"contents", list, kContents},
                                 {"chapters", list, kChapter},
                                 {"reasons_title"},
                                 {"reasons", list, kOption},
                                 {"colophon", list, kColophon},
                                 {"word_skip"},
                                 {"word_contents"},
                                 {"word_header"},
                                 {"word_reason"},
                                 {"word_note"}};

TemplateList words_of(const std::vector<std::string>& texts) {
  TemplateList words;
  for (const std::string& text : texts)
    if (!text.empty()) words.emplace_back().set("text", text);
  return words;
}

class Page {
 public:
  Page(const Form& form, std::string_view language)
      : form_(form), words_(form, language), evaluation_(form, blank(), {}) {}

  TemplateObject make() {
    TemplateObject page;
    const std::string& language = words_.language();
    page.set("lang", language).set("dir", is_right_to_left(language) ? "rtl" : "ltr");
    page.set("title", words_.title_of_form());
    page.set("subtitle", words_.own("subtitle", {{"form", std::string(form_.id())},
                                                 {"version", std::string(form_.version())}}));
    const bool is_draft = form_.string(form_.tables().status) != "adopted";
    page.set("draft", one(is_draft ? words_.text("mark.draft") : std::string()));
    page.set("unreviewed", one(words_.is_unreviewed() ? translation_notice() : std::string()));
    page.set("notices",
             words_of({words_.text("print.how"), words_.text("print.conditions"),
                       words_.text("print.reasons"),
                       asks_for_persons() ? std::string() : words_.own("protection_none")}));
    page.set("header", header());
    TemplateList chapters;
    for (const Chapter& chapter : form_.chapters()) chapters.push_back(chapter_object(chapter));
    if (!form_.registers().empty()) chapters.push_back(registers_object());
    page.set("contents", std::move(contents_)).set("chapters", std::move(chapters));
    page.set("reasons_title", words_.text("print.reasons_title")).set("reasons", reasons());
    page.set("colophon", colophon());
    page.set("word_skip", words_.text("document.skip"));
    page.set("word_contents", words_.text("document.contents"));
    page.set("word_header", words_.own("header_title"));
    page.set("word_reason", words_.own("reason")).set("word_note", words_.own("note"));
    return page;
  }

 private:
  /// No answers: limits that hang on a cycle are not told.
  const Submission& blank() {
    blank_.answers.resize(form_.questions().size());
    blank_.registers.resize(form_.registers().size());
    return blank_;
  }

  bool asks_for_persons() const {
    const auto is_personal = [](const Field& field) { return field.is_personal; };
    return std::any_of(form_.questions().begin(), form_.questions().end(), is_personal) ||
           std::any_of(form_.columns().begin(), form_.columns().end(), is_personal);
  }

  static TemplateList one(std::string text) { return words_of({std::move(text)}); }

  std::string translation_notice() {
    return words_.own("translation",
                      {{"language", language_name(form_.language_tag(0), words_.language())}});
  }

  TemplateList header() {
    TemplateList lines;
    for (const char* member : {"submitter", "cycle", "language", "stage"})
      lines.emplace_back()
          .set("label", words_.own(fmt::format("header.{}", member)))
          .set("css", "short");
    return lines;
  }

  void add_contents(const std::string& id, const std::string& title) {
    contents_.emplace_back().set("href", "#" + id).set("text", title);
  }

  TemplateObject chapter_object(const Chapter& chapter) {
    const std::string id = fmt::format("chapter-{}", form_.string(chapter.code));
    TemplateObject object;
    object.set("id", id).set("title", words_.of(chapter.title));
    add_contents(id, words_.of(chapter.title));
    TemplateList blocks;
    for (std::uint32_t b = 0; b < chapter.blocks.count; ++b) {
      const Block& block = form_.block(chapter.blocks.first + b);
      TemplateList questions;
      for (const Question& question : form_.questions_of(block)) {
        ++number_;
        questions.push_back(question_object(question, question.floor, std::to_string(number_),
                                            form_.code(question)));
        questions.back().set("has_reason", !question.always_answered);
      }
      blocks.emplace_back()
          .set("id", fmt::format("block-{}", form_.string(block.code)))
          .set("title", words_.block(block))
          .set("questions", std::move(questions));
    }
    return object.set("blocks", std::move(blocks));
  }

  /// One entry of each register; who needs more copies its sheet.
  TemplateObject registers_object() {
    TemplateObject object;
    object.set("id", "registers").set("title", words_.text("print.registers"));
    add_contents("registers", words_.text("print.registers"));
    TemplateList blocks;
    for (const Register& registry : form_.registers()) {
      TemplateList questions;
      int column_number = 0;
      for (const Column& column : form_.columns_of(registry)) {
        questions.push_back(question_object(
            column, std::max(registry.floor, column.floor), std::to_string(++column_number),
            fmt::format("{}/{}", form_.string(registry.code), form_.code(column))));
        questions.back().set("has_reason", false);
      }
      blocks.emplace_back()
          .set("id", fmt::format("register-{}", form_.string(registry.code)))
          .set("title", words_.of(registry.title))
          .set("questions", std::move(questions));
    }
    return object.set("blocks", std::move(blocks));
  }

  TemplateObject question_object(const Field& field, Visibility floor, const std::string& number,
                                 std::string_view code) {
    TemplateObject object;
    object.set("id", fmt::format("question-{}", code)).set("number", number).set("code", code);
    object.set("label", words_.of(field.label));
    object.set("provisions", one(words_.provisions(field.provisions)));
    object.set("help", one(words_.of(field.help)));
    object.set("limits", words_of(words_.limits(field, floor, evaluation_, false)));
    TemplateList options = options_of(field);
    object.set("has_options", !options.empty());
    object.set("options", std::move(options)).set("lines", lines_of(field));
    return object;
  }

  TemplateList options_of(const Field& field) {
    TemplateList boxes;
    if (field.list == kNone) return boxes;
    const auto options = form_.options_of(field.list);
    for (std::uint32_t i = 0; i < options.size(); ++i) {
      if ((field.allowed >> i & 1) == 0) continue;
      std::vector<std::string> hints{words_.provisions(options[i].provisions)};
      if (field.type == QuestionType::multi && (field.exclusive >> i & 1) != 0)
        hints.push_back(words_.own("exclusive"));
      if (options[i].needs_note) hints.push_back(words_.own("needs_note"));
      boxes.emplace_back().set("text", words_.option(field.list, i)).set("hints", words_of(hints));
    }
    return boxes;
  }

  TemplateList lines_of(const Field& field) {
    TemplateList lines;
    const auto add = [&](std::string label, const char* css) {
      lines.emplace_back().set("label", std::move(label)).set("css", css);
    };
    switch (field.type) {
      case QuestionType::status:
      case QuestionType::single:
      case QuestionType::multi:
      case QuestionType::yes_no: break;
      case QuestionType::number: add(words_.unit(field), "short"); break;
      case QuestionType::money:
        add(words_.own("amount"), "short");
        add(words_.own("currency"), "short");
        break;
      case QuestionType::period:
        add(words_.own("start"), "short");
        add(words_.own("end"), "short");
        break;
      case QuestionType::date:
      case QuestionType::language:
      case QuestionType::phone: add({}, "short"); break;
      case QuestionType::text:
      case QuestionType::email:
      case QuestionType::submitter:
      case QuestionType::languages: add({}, "line"); break;
      case QuestionType::long_text: add({}, "field"); break;
      case QuestionType::provisions: add(words_.own("message_provisions"), "line"); break;
      case QuestionType::reference:
        add(words_.of(form_.registry(field.registry).title), "line");
        break;
    }
    return lines;
  }

  TemplateList reasons() {
    TemplateList boxes;
    for (int i = 0; i < kReasonCount; ++i) {
      const auto hint = form_.tables().reasons[static_cast<std::size_t>(i)].needs_note
                            ? words_.own("needs_note")
                            : std::string();
      boxes.emplace_back()
          .set("text", words_.reason(static_cast<Reason>(i)))
          .set("hints", one(hint));
    }
    return boxes;
  }

  TemplateList colophon() {
    TemplateList lines;
    lines.emplace_back()
        .set("label", words_.own("header.form"))
        .set("value", fmt::format("{} {}", form_.id(), form_.version()));
    lines.emplace_back()
        .set("label", words_.own("header.structure"))
        .set("value", form_.structure_digest());
    return lines;
  }

  const Form& form_;
  WorkbookWords words_;
  Submission blank_;
  Evaluation evaluation_;
  TemplateList contents_;
  int number_ = 0;
};

}  // namespace

Result<std::string> printable_form(const Form& form, std::string_view language,
                                   TemplateSet& templates) {
  return templates.render("form-print", kPage, Page(form, language).make());
}

}  // namespace cosp
