/// Charts as SVG for inclusion in a page: horizontal bars, simple, grouped or stacked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cosp {

struct ChartSegment {
  std::optional<double> value;  ///< nothing: not shown, and not drawn
  std::string label;            ///< the value as the language writes it
  std::string id;               ///< figure id, "table/row/column"
};

struct ChartBar {
  std::string label;
  std::vector<ChartSegment> segments;  ///< one a series
};

struct Chart {
  std::string id;           ///< unique in the page; letters, digits and hyphens
  std::string title;        ///< what a reader who cannot see it is told: the title,
  std::string description;  ///< and the chart in words
  std::string axis;         ///< what is counted
  std::vector<std::string> series;
  std::vector<ChartBar> bars;
  bool is_stacked = false;
  bool is_right_to_left = false;
};

/// An `<svg role="img">` of 720 units in width with neutral tints and patterns, a legend when there
/// are several series (of those that are drawn at all), and each value beside or upon its bar.
/// Right to left the whole is mirrored. Texts are escaped. Same input, same bytes.
std::string svg_chart(const Chart& chart);

}  // namespace cosp
