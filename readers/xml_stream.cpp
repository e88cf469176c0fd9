#include "readers/xml_stream.hpp"

#include <expat.h>
#include <ctime>
#include <type_traits>

namespace cosp {
namespace {

/// Bytes of a tag, a comment or a processing instruction. Expat looks at an unfinished one again
/// from its beginning with every piece that comes.
constexpr std::int64_t kMostTagBytes = 256 << 10;

std::int64_t thread_time_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

/// One document in work: what expat's calls are handed to.
struct Reading {
  XML_Parser parser;
  XmlHandler& handler;
  std::uint32_t most_depth;
  std::uint32_t depth = 0;
  bool is_stopped = false;
  std::optional<SpreadsheetFault::Kind> fault;

  void stop(bool goes_on) {
    if (goes_on || is_stopped) return;
    is_stopped = true;
    XML_StopParser(parser, XML_FALSE);
  }
  void fail(SpreadsheetFault::Kind kind) {
    if (!fault) fault = kind;
    stop(false);
  }
};

Reading& reading_of(void* data) { return *static_cast<Reading*>(data); }

void XMLCALL on_open(void* data, const char* name, const char** attributes) {
  Reading& reading = reading_of(data);
  if (reading.is_stopped) return;
  if (++reading.depth > reading.most_depth) return reading.fail(SpreadsheetFault::Kind::damaged);
  reading.stop(reading.handler.open(name, XmlAttributes(attributes)));
}

void XMLCALL on_close(void* data, const char* name) {
  Reading& reading = reading_of(data);
  if (reading.is_stopped) return;
  --reading.depth;
  reading.stop(reading.handler.close(name));
}

void XMLCALL on_text(void* data, const char* text, int size) {
  Reading& reading = reading_of(data);
  if (reading.is_stopped) return;
  reading.stop(reading.handler.text({text, static_cast<std::size_t>(size)}));
}

void XMLCALL on_doctype(void* data, const char*, const char*, const char*, int) {
  reading_of(data).fail(SpreadsheetFault::Kind::refused_markup);
}

}  // namespace

std::string_view XmlAttributes::get(std::string_view name) const {
  // Most names differ by their first letter: no need to measure them.
  const auto is_named = [&](const char* key) {
    for (const char c : name)
      if (*key++ != c) return false;
    return *key == '\0';
  };
  for (const char* const* pair = pairs_; *pair != nullptr; pair += 2)
    if (is_named(*pair)) return pair[1];
  return {};
}

std::string_view XmlAttributes::local(std::string_view name) const {
  for (const char* const* pair = pairs_; *pair != nullptr; pair += 2)
    if (local_name(*pair) == name) return pair[1];
  return {};
}

TimeBudget::TimeBudget(std::uint32_t milliseconds)
    : end_ns_(thread_time_ns() + std::int64_t{milliseconds} * 1'000'000) {}
bool TimeBudget::is_spent() const { return thread_time_ns() > end_ns_; }

std::string_view local_name(std::string_view name) {
  if (name.size() == 1) return name;  // those of cells
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::optional<SpreadsheetFault> read_xml(ZipReader& zip, std::string_view part,
                                         const SpreadsheetLimits& limits, const TimeBudget& budget,
                                         XmlHandler& handler) {
  const std::unique_ptr<std::remove_pointer_t<XML_Parser>, void (*)(XML_Parser)> parser(
      XML_ParserCreate(nullptr), &XML_ParserFree);
  if (!parser) return SpreadsheetFault{SpreadsheetFault::Kind::too_large, std::string(part), 0};
  Reading reading{parser.get(), handler, limits.depth, 0, false, {}};
  XML_SetUserData(parser.get(), &reading);
  XML_SetElementHandler(parser.get(), &on_open, &on_close);
  XML_SetCharacterDataHandler(parser.get(), &on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), &on_doctype);
  std::int64_t fed = 0;
  const auto feed = [&](std::string_view piece, bool is_last) {
    const XML_Status status =
        XML_Parse(parser.get(), piece.data(), static_cast<int>(piece.size()), is_last ? 1 : 0);
    if (reading.is_stopped) return false;
    if (status != XML_STATUS_OK) reading.fault = SpreadsheetFault::Kind::damaged;
    fed += static_cast<std::int64_t>(piece.size());
    if (fed - XML_GetCurrentByteIndex(parser.get()) > kMostTagBytes && !is_last)
      reading.fault = SpreadsheetFault::Kind::damaged;
    if (budget.is_spent()) reading.fault = SpreadsheetFault::Kind::too_slow;
    return !reading.fault.has_value();
  };
  const auto zip_fault = zip.read(part, [&](std::string_view piece) { return feed(piece, false); });
  if (zip_fault) return fault_of(*zip_fault);
  if (!reading.is_stopped && !reading.fault) feed({}, true);
  if (!reading.fault) return std::nullopt;
  return SpreadsheetFault{*reading.fault, std::string(part),
                          static_cast<std::uint32_t>(XML_GetCurrentLineNumber(parser.get()))};
}

SpreadsheetFault fault_of(const ZipFault& fault) {
  using Kind = SpreadsheetFault::Kind;
  const auto kind = [&] {
    switch (fault.kind) {
      case ZipFault::Kind::not_zip: return Kind::not_workbook;
      case ZipFault::Kind::cut: return Kind::cut;
      case ZipFault::Kind::damaged: return Kind::damaged;
      case ZipFault::Kind::encrypted: return Kind::encrypted;
      case ZipFault::Kind::too_large: return Kind::too_large;
      case ZipFault::Kind::bad_name:
      case ZipFault::Kind::duplicate_name: return Kind::bad_name;
      case ZipFault::Kind::missing: return Kind::damaged;
    }
    return Kind::damaged;
  };
  return {kind(), fault.entry, 0};
}

}  // namespace cosp
