#include "service/text_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/messages.hpp"
#include "base/text.hpp"

namespace cosp {
namespace {

/// The code point at `at`, and the offset behind it. The texts are valid UTF-8.
std::pair<char32_t, std::size_t> code_point_at(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  char32_t code = size == 1 ? lead : lead & (0xFFu >> (size + 1));
  for (std::size_t i = 1; i < size && at + i < text.size(); ++i)
    code = (code << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3Fu);
  return {code, std::min(at + size, text.size())};
}

/// For comparing terms: folded, without the vowel signs and the lengthening line that Arabic
/// writing may have or leave out.
std::string folded_term(std::string_view text) {
  const std::string folded = fold_for_comparison(text);
  std::string out;
  for (std::size_t i = 0; i < folded.size();) {
    const auto [code, next] = code_point_at(folded, i);
    const bool is_optional = (code >= 0x064B && code <= 0x0652) || code == 0x0640 || code == 0x0670;
    if (!is_optional) out.append(folded, i, next - i);
    i = next;
  }
  return out;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t end = std::min(text.find(' ', i), text.size());
    if (end > i) words.emplace_back(text.substr(i, end - i));
    i = end + 1;
  }
  return words;
}

bool is_latin_letter(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7);
}
bool is_cyrillic_letter(char32_t c) { return c >= 0x400 && c <= 0x52F; }
/// Punctuation and signs beyond ASCII, of any script.
bool is_sign(char32_t c) {
  return (c >= 0xA0 && c <= 0xBF) || c == 0x60C || c == 0x61B || c == 0x61F ||
         (c >= 0x2000 && c <= 0x2BFF) || (c >= 0x3000 && c <= 0x303F) ||
         (c >= 0xFF00 && c <= 0xFF0F) || (c >= 0xFF1A && c <= 0xFF20);
}

/// With spaces in place of such signs, so that they stick to no word. (Hyphens join words.)
std::string without_signs(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto [code, next] = code_point_at(text, i);
    const bool is_kept = !is_sign(code) || code == 0x2010 || code == 0x2011;
    out += is_kept ? text.substr(i, next - i) : std::string_view(" ");
    i = next;
  }
  return out;
}

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Behind "{name,": the comma before the branches of a plural or select, or the brace that ends a
/// date or number.
std::size_t end_of_type(std::string_view text, std::size_t comma) {
  std::size_t end = std::min(text.find_first_of(",{}", comma + 1), text.size() - 1);
  const bool is_simple = text.find("date", comma) < end || text.find("number", comma) < end;
  if (text[end] == ',' && is_simple) end = std::min(text.find('}', end), text.size() - 1);
  return end;
}

/// Without the names and keywords of a pattern's arguments: what a reader sees, in all branches.
std::string without_arguments(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{') {
      // "{name}" and "{name, plural," are code; a keyword stands right before its branch.
      std::size_t end = i + 1;
      while (end < text.size() && (is_ascii_letter(text[end]) || text[end] == '_' ||
                                   (text[end] >= '0' && text[end] <= '9')))
        ++end;
      if (end > i + 1 && end < text.size() && (text[end] == '}' || text[end] == ',')) {
        out += ' ';
        i = text[end] == ',' ? end_of_type(text, end) : end;
        continue;
      }
      // The keyword before the brace of a branch.
      std::size_t back = out.size();
      while (back > 0 && out[back - 1] == ' ') --back;
      std::size_t word = back;
      while (word > 0 && (is_ascii_letter(out[word - 1]) || out[word - 1] == '=' ||
                          out[word - 1] == '_' || (out[word - 1] >= '0' && out[word - 1] <= '9')))
        --word;
      if (word < back) out.resize(word);
      out += ' ';
    } else {
      out += text[i] == '}' ? ' ' : text[i];
    }
  }
  return out;
}

/// Codes, abbreviations and figures: ASCII without a lower-case letter, or with signs that words do
/// not have.
bool is_code(std::string_view word) {
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (!std::all_of(word.begin(), word.end(), is_ascii)) return false;
  while (!word.empty() && std::string_view("().,;:!?").find(word.back()) != std::string_view::npos)
    word.remove_suffix(1);
  while (!word.empty() && word.front() == '(') word.remove_prefix(1);
  const bool has_sign = word.find_first_of("_/@0123456789.=<>") != std::string_view::npos;
  const bool has_lower =
      std::any_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  const auto capitals =
      std::count_if(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  return has_sign || !has_lower || capitals >= 2;
}

std::string listed(const std::vector<MessageArgument>& arguments) {
  std::string out;
  for (const MessageArgument& argument : arguments) {
    constexpr std::string_view kKinds[] = {"", ", plural", ", select", ", number", ", date"};
    out += fmt::format("{}{{{}{}}}", out.empty() ? "" : " ", argument.name,
                       kKinds[static_cast<std::size_t>(argument.kind)]);
  }
  return out.empty() ? "none" : out;
}

}  // namespace

std::vector<std::string> check_pattern_of(std::string_view text, std::string_view language) {
  const auto arguments = message_arguments(text);
  if (!arguments) return {arguments.error().what};
  return check_plural_categories(text, language);
}

TextChecks::TextChecks(const Glossary& glossary, std::string source_language, std::string language)
    : source_language_(std::move(source_language)), language_(std::move(language)) {
  if (const auto marks = glossary.quotation_marks.find(language_);
      marks != glossary.quotation_marks.end())
    marks_ = marks->second;
  if (const auto same = glossary.unchanged.find(language_); same != glossary.unchanged.end())
    unchanged_ = same->second;
  for (const GlossaryConcept& one : glossary.concepts) {
    const auto source = one.terms.find(source_language_);
    const auto target = one.terms.find(language_);
    if (!one.is_strict || source == one.terms.end() || target == one.terms.end()) continue;
    Term term{source->second, target->second, {}, {}};
    for (const std::string& form : one.source_forms) term.source_forms.push_back(folded_term(form));
    const auto accepted = one.accepted.find(language_);
    if (accepted == one.accepted.end() || accepted->second.empty())
      term.accepted.push_back({folded_term(term.target)});
    else
      for (const std::string& form : accepted->second)
        term.accepted.push_back(words_of(folded_term(form)));
    terms_.push_back(std::move(term));
  }
}

std::vector<std::string> TextChecks::check(const TextCouple& couple) const {
  std::vector<std::string> faults = check_arguments(couple);
  check_copied(couple, faults);
  if (faults.empty() && !is_unchanged(couple)) check_script(couple, faults);
  for (std::string& fault : check_marks(couple.text)) faults.push_back(std::move(fault));
  check_glossary(couple, faults);
  return faults;
}

std::vector<std::string> TextChecks::check_arguments(const TextCouple& couple) const {
  std::vector<std::string> faults = check_pattern_of(couple.text, language_);
  const auto wanted = message_arguments(couple.source);
  const auto used = message_arguments(couple.text);
  // What is wrong with the source is told of the source.
  if (wanted && used && *wanted != *used)
    faults.push_back(fmt::format("expected the arguments of the source, {}, got {}",
                                 listed(*wanted), listed(*used)));
  return faults;
}

bool TextChecks::is_unchanged(const TextCouple& couple) const {
  return couple.text == couple.source &&
         std::find(unchanged_.begin(), unchanged_.end(), couple.text) != unchanged_.end();
}

void TextChecks::check_copied(const TextCouple& couple, std::vector<std::string>& faults) const {
  if (couple.text != couple.source || is_unchanged(couple)) return;
  const std::vector<std::string> words = words_of(without_arguments(couple.text));
  const auto is_same = [](const std::string& word) {
    return is_code(word) || dominant_script(word).empty();
  };
  if (std::all_of(words.begin(), words.end(), is_same)) return;
  faults.push_back("expected a translation, got the source text itself");
}

/// Words of the source language in a row, where the translation has another script.
void TextChecks::check_phrases(const std::vector<std::string>& words,
                               std::vector<std::string>& faults) const {
  constexpr std::size_t kPhrase = 4;
  const auto scripts = scripts_of_language(language_);
  if (scripts.empty() || std::find(scripts.begin(), scripts.end(), "Latn") != scripts.end()) return;
  std::string phrase;
  std::size_t length = 0;
  for (const std::string& word : words) {
    if (std::count_if(word.begin(), word.end(), is_ascii_letter) <= 2 && word.size() <= 4) continue;
    const bool is_latin = std::all_of(word.begin(), word.end(),
                                      [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    length = is_latin ? length + 1 : 0;
    if (!is_latin) phrase.clear();
    if (is_latin) phrase.append(phrase.empty() ? "" : " ").append(word);
    if (length == kPhrase)
      faults.push_back(fmt::format("expected the script {}, got \"{}\"", scripts.front(), phrase));
  }
}

void TextChecks::check_script(const TextCouple& couple, std::vector<std::string>& faults) const {
  const auto scripts = scripts_of_language(language_);
  std::string words;
  for (const std::string& word : words_of(without_signs(without_arguments(couple.text)))) {
    if (!is_code(word)) words += word + " ";
    bool has_latin = false, has_cyrillic = false;
    for (std::size_t i = 0; i < word.size();) {
      const auto [code, next] = code_point_at(word, i);
      has_latin = has_latin || is_latin_letter(code);
      has_cyrillic = has_cyrillic || is_cyrillic_letter(code);
      i = next;
      // A hyphen joins words of two scripts rightly ("SIM-карта").
      if (code == '-' || code == 0x2010 || code == 0x2011) has_latin = has_cyrillic = false;
      if (has_latin && has_cyrillic) {
        faults.push_back(fmt::format(
            "expected letters of one script in a word, got Latin and Cyrillic in \"{}\"", word));
        break;
      }
    }
  }
  check_phrases(words_of(words), faults);
  // Names of files and codes stay as they are: where the language has no Latin letters, the others
  // decide.
  const bool has_latin_script = std::find(scripts.begin(), scripts.end(), "Latn") != scripts.end();
  std::string own;
  for (const char c : words)
    if (has_latin_script || static_cast<unsigned char>(c) >= 0x80) own += c;
  std::string script = dominant_script(own);
  if (script.empty()) script = dominant_script(words);
  if (scripts.empty() || script.empty()) return;
  if (std::find(scripts.begin(), scripts.end(), script) == scripts.end())
    faults.push_back(fmt::format("expected the script {}, got {}", scripts.front(), script));
}

std::vector<std::string> TextChecks::check_marks(std::string_view text) const {
  std::vector<std::string> faults;
  if (marks_.empty()) return faults;
  constexpr std::string_view kMarks[] = {"\"", "«", "»", "“", "”", "„", "‟", "‹", "›", "＂"};
  for (const std::string_view mark : kMarks)
    if (text.find(mark) != std::string_view::npos && marks_.find(mark) == std::string::npos)
      faults.push_back(
          fmt::format("expected quotation marks of the language, {}, got {}", marks_, mark));
  return faults;
}

bool TextChecks::uses(const Term& term, std::string_view source) const {
  const auto is_letter = [&](std::size_t at) {
    return at < source.size() && is_ascii_letter(source[at]);
  };
  return std::any_of(term.source_forms.begin(), term.source_forms.end(), [&](const auto& form) {
    for (std::size_t at = source.find(form); at != std::string_view::npos;
         at = source.find(form, at + 1))
      if ((at == 0 || !is_letter(at - 1)) && !is_letter(at + form.size())) return true;
    return false;
  });
}

void TextChecks::check_glossary(const TextCouple& couple, std::vector<std::string>& faults) const {
  const std::string source = folded_term(without_arguments(couple.source));
  const std::string text = folded_term(couple.text);
  for (const Term& term : terms_) {
    if (!uses(term, source)) continue;
    const bool is_kept = std::any_of(
        term.accepted.begin(), term.accepted.end(), [&](const std::vector<std::string>& parts) {
          return std::all_of(parts.begin(), parts.end(), [&](const std::string& part) {
            return text.find(part) != std::string::npos;
          });
        });
    if (!is_kept)
      faults.push_back(fmt::format("expected the glossary's term for \"{}\", \"{}\", got another",
                                   term.source, term.target));
  }
}

std::vector<std::string> TextChecks::terms_in(std::string_view source) const {
  std::vector<std::string> found;
  const std::string folded = folded_term(without_arguments(source));
  for (const Term& term : terms_)
    if (uses(term, folded)) found.push_back(fmt::format("{}: {}", term.source, term.target));
  return found;
}

}  // namespace cosp
