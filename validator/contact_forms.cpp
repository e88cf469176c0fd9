#include "validator/contact_forms.hpp"

#include <algorithm>

namespace cosp {
namespace {

constexpr std::size_t kLongestAddress = 254;
constexpr std::size_t kLongestLocalPart = 64;
constexpr std::size_t kLongestLabel = 63;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
}

bool is_host_label(std::string_view label) {
  if (label.empty() || label.size() > kLongestLabel) return false;
  if (label.front() == '-' || label.back() == '-') return false;
  return std::all_of(label.begin(), label.end(),
                     [](char c) { return is_letter(c) || is_digit(c) || c == '-'; });
}

bool is_host(std::string_view host) {
  int labels = 0;
  while (true) {
    const std::size_t dot = host.find('.');
    if (!is_host_label(host.substr(0, dot))) return false;
    ++labels;
    if (dot == std::string_view::npos) return labels > 1;
    host.remove_prefix(dot + 1);
  }
}

}  // namespace

bool is_email_form(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || text.size() > kLongestAddress) return false;
  const std::string_view local = text.substr(0, at);
  if (local.empty() || local.size() > kLongestLocalPart) return false;
  if (local.front() == '.' || local.back() == '.' || local.find("..") != std::string_view::npos)
    return false;
  constexpr std::string_view kMarks = ".!#$%&'*+/=?^_`{|}~-";
  const bool is_local = std::all_of(local.begin(), local.end(), [&](char c) {
    return is_letter(c) || is_digit(c) || kMarks.find(c) != std::string_view::npos;
  });
  return is_local && is_host(text.substr(at + 1));
}

bool is_phone_form(std::string_view text) {
  constexpr std::string_view kSeparators = " -.()";
  constexpr int kFewestDigits = 7;
  constexpr int kMostDigits = 15;
  if (text.size() < 2 || text[0] != '+' || !is_digit(text[1]) || text[1] == '0') return false;
  int digits = 0;
  for (const char c : text.substr(1)) {
    if (is_digit(c))
      ++digits;
    else if (kSeparators.find(c) == std::string_view::npos)
      return false;
  }
  return digits >= kFewestDigits && digits <= kMostDigits && is_digit(text.back());
}

bool is_currency_form(std::string_view text) {
  return text.size() == 3 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace cosp
