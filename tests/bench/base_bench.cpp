// What base/ costs per answer. Times differ from machine to machine: read the ratios of one run.

#include <benchmark/benchmark.h>

#include <string>

#include "base/collate.hpp"
#include "base/decimal.hpp"
#include "base/messages.hpp"
#include "base/text.hpp"

namespace cosp {
namespace {

std::string paragraph(std::string_view sentence) {
  std::string text;
  while (text.size() < 4'096) text += sentence;
  return text;
}

void per_byte(benchmark::State& state, const std::string& text) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}

/// Budget: a quarter of the same count by ICU's iterator, or less.
void count_words_ascii(benchmark::State& state) {
  const std::string text = paragraph("The law provides for extradition, in part. ");
  for (auto _ : state) benchmark::DoNotOptimize(count_words(text, "en"));
  per_byte(state, text);
}
BENCHMARK(count_words_ascii);

void count_words_by_icu(benchmark::State& state) {
  const std::string text = paragraph("La loi prévoit l’extradition, en partie. ");
  for (auto _ : state) benchmark::DoNotOptimize(count_words(text, "fr"));
  per_byte(state, text);
}
BENCHMARK(count_words_by_icu);

void first_invalid_utf8_arabic(benchmark::State& state) {
  const std::string text = paragraph("ينص القانون على تسليم المجرمين. ");
  for (auto _ : state) benchmark::DoNotOptimize(first_invalid_utf8(text));
  per_byte(state, text);
}
BENCHMARK(first_invalid_utf8_arabic);

void first_hidden_character_ascii(benchmark::State& state) {
  const std::string text = paragraph("The law provides for extradition, in part. ");
  for (auto _ : state) benchmark::DoNotOptimize(first_hidden_character(text));
  per_byte(state, text);
}
BENCHMARK(first_hidden_character_ascii);

void parse_decimal(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Decimal::parse("-1234567.25"));
}
BENCHMARK(parse_decimal);

void format_message_without_plural(benchmark::State& state) {
  MessageFormatter formatter{"en"};
  const Arguments arguments{{"offence", std::string{"corruption"}}};
  for (auto _ : state) {
    benchmark::DoNotOptimize(formatter.format("Attempt is ticked for {offence}.", arguments));
  }
}
BENCHMARK(format_message_without_plural);

void format_message_with_plural(benchmark::State& state) {
  MessageFormatter formatter{"ru"};
  const Arguments arguments{{"n", std::int64_t{21}}};
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        formatter.format("{n, plural, one {# State} few {a} many {b} other {c}}", arguments));
  }
}
BENCHMARK(format_message_with_plural);

void sort_key(benchmark::State& state) {
  const Collator collator{"ar"};
  for (auto _ : state) benchmark::DoNotOptimize(collator.sort_key("إسبانيا"));
}
BENCHMARK(sort_key);

}  // namespace
}  // namespace cosp
