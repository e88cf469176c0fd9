#include "generator/svg_chart.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "base/escape.hpp"
#include "base/text.hpp"

namespace cosp {
namespace {

constexpr double kWidth = 720;
constexpr double kLabelWidth = 230;
constexpr double kEndRoom = 44;  ///< for the last value beyond the longest bar
constexpr double kFontSize = 12;
constexpr double kLineHeight = 15;
constexpr double kBarHeight = 18;
constexpr double kBarGap = 10;
constexpr double kAxisHeight = 40;
constexpr std::size_t kMostLabelLines = 3;

enum class Marks { none, rising, falling, level, upright, grid, lattice, dots };

struct Look {
  std::string_view fill;
  std::string_view ink;
  Marks marks;
  bool is_dark = false;  ///< words on it are white
};
/// Tints that say neither good nor bad, told apart by their marks when printed in grey.
constexpr std::array<Look, 12> kLooks = {{
    {"#4f6d8f", "#4f6d8f", Marks::none, true},
    {"#c3cfdc", "#4f6d8f", Marks::rising},
    {"#efe9dc", "#7d6b45", Marks::dots},
    {"#d9d9d9", "#595959", Marks::falling},
    {"#ffffff", "#4f6d8f", Marks::level},
    {"#a8b8a8", "#4d5f4d", Marks::none},
    {"#ffffff", "#7d6b45", Marks::upright},
    {"#d8cfe0", "#66557a", Marks::grid},
    {"#ffffff", "#595959", Marks::lattice},
    {"#c9c2b2", "#6b6350", Marks::none},
    {"#eef3f6", "#3f6b7a", Marks::dots},
    {"#ffffff", "#8a8a8a", Marks::none},
}};

struct Box {
  double x, y, width, height;
};

/// Lines at 45 degrees, cut at the edges of the box.
std::string slanted(const Box& box, bool is_rising) {
  constexpr double kStep = 7;
  std::string path;
  for (double start = box.x - box.height + kStep / 2; start < box.x + box.width; start += kStep) {
    const double left = std::max(start, box.x),
                 right = std::min(start + box.height, box.x + box.width);
    if (right <= left) continue;
    const double run = right - left, down = left - start;
    path += fmt::format("M{:.1f} {:.1f}l{:.1f} {:.1f}", left,
                        is_rising ? box.y + box.height - down : box.y + down, run,
                        is_rising ? -run : run);
  }
  return path;
}

std::string straight(const Box& box, bool is_upright) {
  constexpr double kStep = 4;
  std::string path;
  const double end = is_upright ? box.width : box.height;
  for (double at = kStep; at < end; at += kStep)
    path += is_upright ? fmt::format("M{:.1f} {:.1f}v{:g}", box.x + at, box.y, box.height)
                       : fmt::format("M{:.1f} {:.1f}h{:.1f}", box.x, box.y + at, box.width);
  return path;
}

/// The marks as one path. Not as a pattern: programs that print turn each surface with a pattern
/// into a picture.
std::string marks_in(const Box& box, Marks marks) {
  switch (marks) {
    case Marks::none: break;
    case Marks::rising: return slanted(box, true);
    case Marks::falling: return slanted(box, false);
    case Marks::lattice: return slanted(box, true) + slanted(box, false);
    case Marks::upright: return straight(box, true);
    case Marks::level:
    case Marks::dots: return straight(box, false);
    case Marks::grid: return straight(box, true) + straight(box, false);
  }
  return {};
}

double width_of(std::string_view text) {
  double units = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80)
      units += byte == ' ' ? 0.3 : 0.56;
    else if (byte >= 0xE3 && byte < 0xF0)
      units += 1.0;  // ideographs, kana
    else if (byte >= 0xC0)
      units += 0.58;
  }
  return units * kFontSize;
}

/// Words into lines; what is beyond the last line is cut, with an ellipsis: the table beside it has
/// the whole.
std::vector<std::string> wrap(std::string_view text, double width) {
  std::vector<std::string> lines(1);
  while (!text.empty()) {
    const std::size_t space = std::min(text.find(' '), text.size());
    const std::string word(text.substr(0, space));
    text.remove_prefix(std::min(space + 1, text.size()));
    const std::string longer = lines.back().empty() ? word : lines.back() + " " + word;
    if (lines.back().empty() || width_of(longer) <= width) {
      lines.back() = longer;
    } else if (lines.size() == kMostLabelLines) {
      lines.back() += " …";
      break;
    } else {
      lines.push_back(word);
    }
  }
  return lines;
}

/// The step between ticks: 1, 2 or 5 times a power of ten, for about six ticks. Counts have no
/// fractions.
double tick_step(double largest) {
  const double rough = std::max(1.0, largest / 6);
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  for (const double times : {1.0, 2.0, 5.0})
    if (times * power >= rough) return times * power;
  return 10 * power;
}

class Drawing {
 public:
  explicit Drawing(const Chart& chart) : chart_(chart) {
    for (const ChartBar& bar : chart.bars) largest_ = std::max(largest_, extent(bar));
    step_ = tick_step(largest_);
    top_value_ = std::max(step_, std::ceil(largest_ / step_) * step_);
  }

  std::string draw() {
    double y = draw_legend();
    const double plot_top = y;
    for (const ChartBar& bar : chart_.bars) y += draw_bar(bar, y);
    draw_axis(plot_top, y);
    return fmt::format(
        R"(<svg class="chart" viewBox="0 0 {:g} {:.0f}" role="img" aria-labelledby="{}-title {}-description" )"
        R"(xmlns="http://www.w3.org/2000/svg" font-size="{:g}"{}><title id="{}-title">{}</title><desc id="{}-description">{}</desc>)"
        R"(<g class="grid">{}</g>{}</svg>)",
        kWidth, y + kAxisHeight, chart_.id, chart_.id, kFontSize,
        chart_.is_right_to_left ? R"( direction="rtl")" : "", chart_.id, escape::html(chart_.title),
        chart_.id, escape::html(chart_.description), grid_, body_);
  }

 private:
  double extent(const ChartBar& bar) const {
    double whole = 0;
    for (const ChartSegment& segment : bar.segments)
      whole = chart_.is_stacked ? whole + segment.value.value_or(0)
                                : std::max(whole, segment.value.value_or(0));
    return whole;
  }

  /// Whether any bar has something of the series: a legend of what is nowhere to be seen only
  /// confuses.
  bool is_drawn(std::size_t series) const {
    return std::any_of(chart_.bars.begin(), chart_.bars.end(), [&](const ChartBar& bar) {
      return series < bar.segments.size() && bar.segments[series].value.value_or(0) > 0;
    });
  }

  static double scale_width() { return kWidth - kLabelWidth - kEndRoom; }
  double length(double value) const { return value / top_value_ * scale_width(); }
  /// Where something of that width begins, counted from the side on which reading begins.
  double place(double start, double width) const {
    return chart_.is_right_to_left ? kWidth - start - width : start;
  }
  double point(double start) const { return place(start, 0); }

  void box(std::size_t series, double start, double y, double width, double height,
           std::string_view id) {
    const Look& look = kLooks[series % kLooks.size()];
    const Box box{place(start, width), y, width, height};
    body_ += fmt::format(
        R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:g}" fill="{}" stroke="{}"{}/>)",
        box.x, y, width, height, look.fill, look.ink,
        id.empty() ? std::string{} : fmt::format(R"( data-id="{}")", escape::html(id)));
    const std::string marks = marks_in(box, look.marks);
    if (!marks.empty())
      body_ += fmt::format(R"(<path d="{}" stroke="{}" fill="none"{}/>)", marks, look.ink,
                           look.marks == Marks::dots ? R"( stroke-dasharray="1.5 5")" : "");
  }

  void text(std::string_view words, double start, double y, std::string_view anchor,
            std::string_view css = {}) {
    body_ += fmt::format(
        R"(<text x="{:.1f}" y="{:.1f}" text-anchor="{}"{}>{}</text>)", point(start), y, anchor,
        css.empty() ? std::string{} : fmt::format(R"( class="{}")", css), escape::html(words));
  }

  double draw_legend() {
    if (chart_.series.size() < 2) return 4;
    double start = 0, y = 4;
    for (std::size_t i = 0; i < chart_.series.size(); ++i) {
      if (!is_drawn(i)) continue;
      const double width = 20 + width_of(chart_.series[i]) + 18;
      if (start > 0 && start + width > kWidth) {
        start = 0;
        y += kLineHeight + 5;
      }
      box(i, start, y, 13, 13, {});
      text(chart_.series[i], start + 20, y + 11, "start");
      start += width;
    }
    return y + kLineHeight + 13;
  }

  double draw_bar(const ChartBar& bar, double y) {
    const std::vector<std::string> lines = wrap(bar.label, kLabelWidth - 12);
    const double bars =
        chart_.is_stacked ? kBarHeight : kBarHeight * static_cast<double>(bar.segments.size());
    const double words = kLineHeight * static_cast<double>(lines.size());
    const double height = std::max(bars, words);
    const double text_top = y + (height - words) / 2;
    for (std::size_t i = 0; i < lines.size(); ++i)
      text(lines[i], kLabelWidth - 8, text_top + kLineHeight * static_cast<double>(i) + 12, "end");
    draw_segments(bar, y + (height - bars) / 2);
    return height + kBarGap;
  }

  void draw_segments(const ChartBar& bar, double y) {
    double start = kLabelWidth;
    for (std::size_t i = 0; i < bar.segments.size(); ++i) {
      const ChartSegment& segment = bar.segments[i];
      if (segment.value.value_or(0) > 0) {
        const double width = length(*segment.value);
        box(i, start, y, width, kBarHeight - 2, segment.id);
        draw_value(segment, kLooks[i % kLooks.size()], start, width, y + kBarHeight - 6);
        if (chart_.is_stacked) start += width;
      }
      if (!chart_.is_stacked) y += kBarHeight;
    }
  }

  void draw_value(const ChartSegment& segment, const Look& look, double start, double width,
                  double y) {
    if (!chart_.is_stacked) return text(segment.label, start + width + 5, y, "start");
    if (width_of(segment.label) + 4 <= width)
      text(segment.label, start + width / 2, y, "middle",
           look.is_dark                ? "on-dark"
           : look.marks == Marks::none ? ""
                                       : "halo");
  }

  void draw_axis(double top, double bottom) {
    for (double value = 0; value <= top_value_ + step_ / 2; value += step_) {
      const double x = point(kLabelWidth + length(value));
      grid_ += fmt::format(R"(<path d="M{:.1f} {:.1f}V{:.1f}" stroke="{}"/>)", x, top - 4, bottom,
                           value > 0 ? "#d6d6d6" : "#333333");
      text(fmt::format("{:.0f}", value), kLabelWidth + length(value), bottom + 15, "middle");
    }
    text(chart_.axis, kLabelWidth + scale_width() / 2, bottom + 33, "middle");
  }

  const Chart& chart_;
  double largest_ = 0;
  double step_ = 1;
  double top_value_ = 1;
  std::string grid_;
  std::string body_;
};

}  // namespace

std::string svg_chart(const Chart& chart) { return Drawing(chart).draw(); }

}  // namespace cosp
