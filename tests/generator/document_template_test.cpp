#include <map>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "generator/document_shapes.hpp"
#include "generator/narrative_arguments.hpp"
#include "generator/svg_chart.hpp"
#include "tests/generator/document_fixture.hpp"

namespace cosp::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr ShapeMember kItem[] = {{"name"}};
constexpr ShapeMember kPage[] = {{"title"},
                                 {"picture", ShapeKind::markup},
                                 {"is_new", ShapeKind::flag},
                                 {"items", ShapeKind::list, kItem}};

TemplateSet set_of(std::map<std::string, std::string> files) {
  return TemplateSet([files = std::move(files)](std::string_view name) -> Result<std::string> {
    const auto found = files.find(std::string(name));
    if (found == files.end())
      return Error{Error::Kind::not_found, "no such template", std::string(name)};
    return found->second;
  });
}

TemplateObject page_of(std::string title, std::vector<std::string> names) {
  TemplateObject page;
  page.set("title", std::move(title)).set("picture", "<svg/>").set("is_new", true);
  TemplateList items;
  for (std::string& name : names) items.emplace_back().set("name", std::move(name));
  return std::move(page.set("items", std::move(items)));
}

TEST(TemplateSet, EscapesTextsAndDropsWhatXmlForbids) {
  TemplateSet templates = set_of({{"a.mustache", "<p>{{title}}</p>{{{picture}}}"}});
  EXPECT_EQ(*templates.render("a", kPage, page_of("<b> & \"q\"\x01 {{title}}", {})),
            "<p>&lt;b&gt; &amp; &quot;q&quot; {{title}}</p><svg/>");
}

TEST(TemplateSet, LooksANameUpInOneScopeOnly) {
  TemplateSet templates = set_of({{"a.mustache",
                                   "{{#items}}{{name}} of {{page.title}}{{#page.is_new}} "
                                   "({{name}}){{/page.is_new}};{{/items}}"}});
  EXPECT_EQ(*templates.render("a", kPage, page_of("T", {"x", "y"})), "x of T (x);y of T (y);");
}

TEST(TemplateSet, RefusesTagsThatTheDataDoNotHave) {
  struct Case {
    std::string_view source, what;
  };
  const Case cases[] = {
      {"{{#items}}{{title}}{{/items}}", "line 1: unknown name \"title\""},
      {"\n{{titel}}", "line 2: unknown name \"titel\", did you mean \"title\"?"},
      {"{{{title}}}", "line 1: \"title\" is a text: expected two braces"},
      {"{{&title}}", "line 1: \"title\" is a text: expected two braces"},
      {"{{picture}}", "line 1: \"picture\" is markup: expected three braces"},
      {"{{items}}", "line 1: \"items\" is no text: expected a section"},
      {"{{#title}}{{/title}}", "line 1: \"title\" is a text: expected no section"},
      {"{{#items}}", "line 1: section \"items\" is never closed"},
      {"{{/items}}", "line 1: section \"items\" is closed here, but is not the one that is open"},
      {"{{=<% %>=}}", "line 1: expected no tag \"=\""},
      {"{{title", "line 1: a tag that is never closed"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.source);
    const auto rendered =
        set_of({{"a.mustache", std::string(c.source)}}).render("a", kPage, page_of("T", {"x"}));
    ASSERT_FALSE(rendered);
    EXPECT_EQ(rendered.error().what, c.what);
  }
}

TEST(TemplateSet, PutsPartialsInAndRefusesAnEndlessOne) {
  TemplateSet templates = set_of({{"a.mustache", "{{> part}}|{{> style.css}}"},
                                  {"partials/part.mustache", "{{title}}\n"},
                                  {"style.css", "p{}\n"}});
  EXPECT_EQ(*templates.render("a", kPage, page_of("T", {})), "T|p{}");
  EXPECT_EQ(set_of({{"a.mustache", "{{> a}}"}, {"partials/a.mustache", "{{> a}}"}})
                .check("a", kPage)
                .error()
                .what,
            "partials are nested too deep");
  EXPECT_EQ(set_of({{"a.mustache", "{{> b}}"}}).check("a", kPage).error().kind,
            Error::Kind::not_found);
}

TEST(TemplateSet, TakesDataThatDoNotFitForABug) {
  TemplateSet templates = set_of({{"a.mustache", "{{title}}"}});
  EXPECT_THROW((void)templates.render("a", kPage, TemplateObject{}), std::logic_error);
}

TEST(ShippedTemplates, UseOnlyWhatDocumentsHave) {
  TemplateSet templates = shipped_templates();
  for (const char* name : {"thematic-report", "information-submitted"}) {
    const auto checked = templates.check(name, document_shape());
    EXPECT_TRUE(checked) << describe(checked.error());
  }
}

TEST(Bands, AreOfWholePerCents) {
  struct Case {
    std::int64_t count, whole;
    std::string_view band;
  };
  const Case cases[] = {
      {0, 5, "none"},   {5, 5, "all"},          {1, 5, "one"},   {3, 9, "number"}, {2, 22, "a_few"},
      {2, 20, "some"},  {8, 20, "some"},        {9, 22, "many"}, {14, 20, "many"}, {15, 20, "most"},
      {18, 20, "most"}, {21, 23, "almost_all"}, {0, 0, "none"}};
  for (const Case& c : cases)
    EXPECT_EQ(band_of(c.count, c.whole), c.band) << c.count << " of " << c.whole;
}

Chart chart_of(bool is_right_to_left) {
  Chart chart;
  chart.id = "c";
  chart.title = "Title & more";
  chart.description = "In <words>";
  chart.axis = "Number";
  chart.series = {"Yes", "No", "Never"};
  chart.bars = {
      {"One", {{4.0, "4", "t/r1/yes"}, {2.0, "2", "t/r1/no"}, {0.0, "0", "t/r1/never"}}},
      {"Two", {{std::nullopt, "", "t/r2/yes"}, {3.0, "3", "t/r2/no"}, {0.0, "0", "t/r2/never"}}}};
  chart.is_stacked = true;
  chart.is_right_to_left = is_right_to_left;
  return chart;
}

struct Box {
  double x = 0, width = 0;
};

Box box_of(const std::string& svg, std::string_view id) {
  const std::size_t end = svg.find("data-id=\"" + std::string(id) + "\"");
  if (end == std::string::npos) return {-1, -1};
  const std::size_t begin = svg.rfind("<rect", end);
  const auto number = [&](const char* name) {
    return std::stod(svg.substr(svg.find(name, begin) + std::string_view(name).size()));
  };
  return {number("x=\""), number(" width=\"")};
}

TEST(Charts, DrawBarsInProportionOneBehindTheOther) {
  const std::string svg = svg_chart(chart_of(false));
  const Box first = box_of(svg, "t/r1/yes"), second = box_of(svg, "t/r1/no");
  EXPECT_NEAR(first.width, 2 * second.width, 0.2);
  EXPECT_NEAR(second.x, first.x + first.width, 0.2);
  EXPECT_LE(second.x + second.width, 720);
  EXPECT_EQ(box_of(svg, "t/r2/yes").x, -1) << "what is suppressed is not drawn";
  EXPECT_NEAR(box_of(svg, "t/r2/no").x, first.x, 0.2);
}

TEST(Charts, AreMirroredFromRightToLeft) {
  const std::string left = svg_chart(chart_of(false)), right = svg_chart(chart_of(true));
  for (const char* id : {"t/r1/yes", "t/r1/no", "t/r2/no"}) {
    const Box a = box_of(left, id), b = box_of(right, id);
    EXPECT_NEAR(b.x, 720 - a.x - a.width, 0.2) << id;
  }
}

TEST(Charts, SayInWordsWhatTheyShow) {
  const std::string svg = svg_chart(chart_of(false));
  EXPECT_THAT(svg, HasSubstr(R"(role="img" aria-labelledby="c-title c-description")"));
  EXPECT_THAT(svg, HasSubstr("<title id=\"c-title\">Title &amp; more</title><desc "
                             "id=\"c-description\">In &lt;words&gt;</desc>"));
  EXPECT_THAT(svg, Not(HasSubstr(">Never</text>")))
      << "a series of which nothing is drawn is not in the legend";
}

}  // namespace
}  // namespace cosp::testing
