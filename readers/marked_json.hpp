/// JSON that knows from which cell each of its values came.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/form.hpp"
#include "readers/json_write.hpp"

namespace cosp {

/// Where a text was taken from: each mark holds up to the next.
class CellMarks {
 public:
  void add(std::size_t offset, std::uint32_t cell) {
    marks_.emplace_back(static_cast<std::uint32_t>(offset), cell);
  }
  /// kNone before the first mark and where none was meant.
  std::uint32_t find(std::uint32_t offset) const {
    const auto after =
        std::upper_bound(marks_.begin(), marks_.end(), offset,
                         [](std::uint32_t at, const auto& mark) { return at < mark.first; });
    return after == marks_.begin() ? kNone : std::prev(after)->second;
  }
  template <class Visit>
  void visit(const Visit& visit) const {
    for (const auto& [offset, cell] : marks_) visit(offset, cell);
  }
  void cut(std::size_t count) { marks_.resize(count); }
  std::size_t count() const { return marks_.size(); }

 private:
  std::vector<std::pair<std::uint32_t, std::uint32_t>> marks_;
};

class MarkedJson {
 public:
  void open(char bracket) {
    comma();
    text_ += bracket;
  }
  void open(char bracket, std::uint32_t cell) {
    comma();
    mark(cell);
    text_ += bracket;
  }
  void close(char bracket) { text_ += bracket; }
  /// What follows comes from this cell.
  void mark(std::uint32_t cell) { marks_.add(text_.size(), cell); }
  void key(std::string_view name) {
    comma();
    append_string(text_, name);
    text_ += ':';
  }
  /// The same; a finding about the name points at the cell.
  void key(std::string_view name, std::uint32_t cell) {
    comma();
    mark(cell);
    append_string(text_, name);
    text_ += ':';
  }
  void string(std::string_view value, std::uint32_t cell) {
    comma();
    mark(cell);
    append_string(text_, value);
  }
  void raw(std::string_view json, std::uint32_t cell) {
    comma();
    mark(cell);
    text_ += json;
  }

  /// To come back to when what was begun turns out to be nothing.
  struct Point {
    std::size_t size = 0, marks = 0;
  };
  Point point() const { return {text_.size(), marks_.count()}; }
  void back_to(Point point) {
    text_.resize(point.size);
    marks_.cut(point.marks);
  }

  /// Keeps the buffers.
  void clear() { back_to({}); }

  std::size_t size() const { return text_.size(); }
  std::string& text() { return text_; }
  CellMarks& marks() { return marks_; }

 private:
  void comma() {
    const char last = text_.empty() ? '{' : text_.back();
    if (last != '{' && last != '[' && last != ':') text_ += ',';
  }

  std::string text_;
  CellMarks marks_;
};

}  // namespace cosp
