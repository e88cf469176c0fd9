/// XML from outside, read as it comes, under limits: no DOCTYPE, no entities but the five of XML,
/// bounded depth, bounded tags.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "base/zip.hpp"
#include "readers/spreadsheet.hpp"

namespace cosp {

/// The attributes of an element; dies with the call that brought them.
class XmlAttributes {
 public:
  explicit XmlAttributes(const char* const* pairs) : pairs_(pairs) {}
  /// By the whole name ("table:name"); empty when absent.
  std::string_view get(std::string_view name) const;
  /// By the part behind the prefix; the first that fits.
  std::string_view local(std::string_view name) const;
  bool has(std::string_view name) const { return get(name).data() != nullptr; }

 private:
  const char* const* pairs_;
};

/// What reads a document. `false` stops the reading; whoever stops keeps the reason.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  /// `name` as written, with its prefix.
  virtual bool open(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual bool close(std::string_view name) = 0;
  virtual bool text(std::string_view) { return true; }
};

/// Ends a reading that takes too long: counts the processor time of this thread.
class TimeBudget {
 public:
  explicit TimeBudget(std::uint32_t milliseconds);
  bool is_spent() const;

 private:
  std::int64_t end_ns_;
};

/// The name behind its prefix.
std::string_view local_name(std::string_view name);

/// Reads one part of an archive. When the handler stopped, there is no fault.
std::optional<SpreadsheetFault> read_xml(ZipReader& zip, std::string_view part,
                                         const SpreadsheetLimits& limits, const TimeBudget& budget,
                                         XmlHandler& handler);

/// A fault of the archive as one of the workbook.
SpreadsheetFault fault_of(const ZipFault& fault);

}  // namespace cosp
