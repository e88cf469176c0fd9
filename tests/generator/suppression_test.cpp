#include <random>

#include <gtest/gtest.h>

#include "generator/kinds/kind.hpp"
#include "tests/generator/table_fixture.hpp"

namespace cosp::testing {
namespace {

/// A two-way table with totals at both ends: the hardest to keep.
Draft two_way(const std::vector<std::vector<std::int64_t>>& counts) {
  Draft draft;
  const auto height = static_cast<std::uint32_t>(counts.size()),
             width = static_cast<std::uint32_t>(counts[0].size());
  draft.table.columns.resize(width + 1);
  draft.table.rows.resize(height + 1);
  for (TableRow& row : draft.table.rows) {
    row.cells.resize(width + 1);
    for (Cell& cell : row.cells) cell.kind = Cell::Kind::count;
  }
  const auto at = [&](std::uint32_t row, std::uint32_t column) -> Cell& {
    return draft.table.rows[row].cells[column];
  };
  for (std::uint32_t row = 0; row < height; ++row)
    for (std::uint32_t column = 0; column < width; ++column) {
      at(row, column).count = counts[row][column];
      at(row, width).count += counts[row][column];
      at(height, column).count += counts[row][column];
      at(height, width).count += counts[row][column];
    }
  for (std::uint32_t row = 0; row <= height; ++row) {
    Relation relation{{}, CellRef{row, width}};
    for (std::uint32_t column = 0; column < width; ++column)
      relation.parts.push_back({row, column});
    draft.relations.push_back(relation);
  }
  for (std::uint32_t column = 0; column <= width; ++column) {
    Relation relation{{}, CellRef{height, column}};
    for (std::uint32_t row = 0; row < height; ++row) relation.parts.push_back({row, column});
    draft.relations.push_back(relation);
  }
  return draft;
}

TEST(Suppression, HidesASecondCountWhereOneCouldBeComputed) {
  Draft draft = two_way({{1, 5, 7}, {4, 6, 9}});
  suppress(draft, 3);
  EXPECT_TRUE(draft.table.rows[0].cells[0].is_suppressed);
  EXPECT_TRUE(draft.table.rows[0].cells[1].is_suppressed);
  EXPECT_FALSE(draft.table.rows[0].cells[2].is_suppressed);
  EXPECT_TRUE(computable_cells(draft).empty());
}

TEST(Suppression, FindsThatASingleHiddenCountOfASumIsComputable) {
  Draft draft = two_way({{1, 5}, {4, 6}});
  draft.table.rows[0].cells[0].is_suppressed = true;
  EXPECT_EQ(computable_cells(draft), (std::vector<CellRef>{{0, 0}}));
}

TEST(Suppression, FindsWhatOnlySeveralSumsTogetherTell) {
  // Rows and columns each hide two, yet row 0 less what column 0 and 1 share tells the corner.
  Draft draft;
  draft.table.columns.resize(3);
  draft.table.rows.resize(1);
  draft.table.rows[0].cells.resize(3);
  for (Cell& cell : draft.table.rows[0].cells) cell.is_suppressed = true;
  draft.relations = {{{{0, 0}, {0, 1}}, std::nullopt}, {{{0, 0}, {0, 1}, {0, 2}}, std::nullopt}};
  EXPECT_EQ(computable_cells(draft), (std::vector<CellRef>{{0, 2}}));
}

TEST(Suppression, LeavesNoHiddenCountComputableInAnyOfManyTables) {
  std::mt19937 random(20261123);
  int hidden_tables = 0;
  for (int round = 0; round < 400; ++round) {
    const std::size_t height = 1 + random() % 6, width = 2 + random() % 7;
    std::vector<std::vector<std::int64_t>> counts(height, std::vector<std::int64_t>(width));
    for (auto& row : counts)
      for (auto& count : row) count = random() % 3 == 0 ? random() % 4 : random() % 12;
    Draft draft = two_way(counts);
    suppress(draft, 3);
    SCOPED_TRACE(round);
    for (const TableRow& row : draft.table.rows)
      for (const Cell& cell : row.cells)
        ASSERT_TRUE(cell.is_suppressed || cell.count == 0 || cell.count >= 3);
    for (const CellRef ref : computable_cells(draft)) {
      const std::int64_t count = draft.table.rows[ref.row].cells[ref.column].count;
      ADD_FAILURE() << ref.row << "," << ref.column << " = " << count << " can be computed";
    }
    hidden_tables += draft.table.has_suppressed() ? 1 : 0;
  }
  EXPECT_GT(hidden_tables, 200);
}

TEST(Suppression, OfASumWhoseHiddenPartsAreFewHidesMore) {
  Draft draft = two_way({{1, 0, 8, 9}});
  draft.relations.resize(1);
  draft.table.rows.resize(1);
  suppress(draft, 3);
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < 4; ++i)
    if (draft.table.rows[0].cells[i].is_suppressed) sum += draft.table.rows[0].cells[i].count;
  EXPECT_GE(sum, 3);
}

TEST(Suppression, HidesACountWhoseComplementIsTooSmall) {
  TableFixture fixture(Tables{
      {"t",
       "kind: answers_by_option\nquestion: b1.hurdles\ndenominator: asked\nsuppress_below: 3\n"}});
  for (const char* code : {"A", "B", "C", "D", "E"}) {
    fixture.submit(code);
    fixture.choose(code, "b1.hurdles", {"time"});
  }
  for (const char* code : {"A", "B", "C", "D"}) fixture.choose(code, "b1.hurdles", {"money"});
  const auto tables = fixture.count();
  EXPECT_TRUE(tables.at(0).find_cell("money", "states")->is_suppressed);
  EXPECT_FALSE(tables.at(0).find_cell("time", "states")->is_suppressed);
}

TEST(Suppression, LeavesTheSecretariatsTablesWhole) {
  TableFixture fixture(Tables{{"t",
                               "kind: options_by_block\nrows: {chapter: A}\nquestion: "
                               "status\ndenominator: asked\nsuppress_below: 3\n"}});
  for (const char* code : {"A", "B", "C", "D", "G"}) fixture.submit(code);
  fixture.choose("A", "b1.status", {"yes"});
  EXPECT_TRUE(fixture.count().at(0).has_suppressed());
  EXPECT_EQ(fixture.count().size(), 1u) << "the only signatory has no table of its own in public";
  const auto restricted = fixture.count(Audience::secretariat);
  EXPECT_FALSE(restricted.at(0).has_suppressed());
  EXPECT_EQ(restricted.size(), 2u);
}

TEST(Suppression, HidesTheDenominatorThatAConditionMakesSmall) {
  TableFixture fixture(Tables{{"t",
                               "kind: distribution\nrows: {blocks: [b1]}\nquestion: years\nbands: "
                               "[0, 2]\ndenominator: answered\nsuppress_below: 3\n"}});
  for (const char* code : {"A", "B", "C", "D", "E", "F"}) {
    fixture.submit(code);
    fixture.choose(code, "b1.status", {code[0] < 'E' ? "no" : "yes"});
  }
  const auto tables = fixture.count();
  EXPECT_TRUE(tables.at(0).find_cell("b1", "asked")->is_suppressed);
  EXPECT_EQ(tables.at(0).find_row("b1")->asked, -1);
}

/// How an outsider reads a row: what is shown, and how many public answers stand behind each cell.
struct SeenRow {
  std::vector<std::int64_t> shown;  ///< -1: hidden
  std::vector<std::int64_t> open;   ///< known from the answers that are published
};

/// Whether a hidden cell has one value only, whatever closed answers are put beside the public ones
/// so that all that is shown comes out.
bool is_computable(const SeenRow& row, std::size_t cell, std::int64_t asked) {
  std::int64_t rest = asked;
  std::size_t others = 0;
  for (std::size_t i = 0; i < row.shown.size(); ++i) {
    rest -= row.shown[i] < 0 ? row.open[i] : row.shown[i];
    if (i != cell && row.shown[i] < 0) ++others;
  }
  return others == 0 || rest == 0;
}

/// Open answers by option and closed ones by option, of one question over `columns` options.
Draft with_closed(const std::vector<std::int64_t>& open, const std::vector<std::int64_t>& closed) {
  std::vector<std::int64_t> counts(open.size());
  for (std::size_t i = 0; i < open.size(); ++i) counts[i] = open[i] + closed[i];
  Draft draft = two_way({counts});
  draft.relations.resize(1);
  draft.table.rows.resize(1);
  std::uint32_t entry = 0;
  Cell& total = draft.table.rows[0].cells.back();
  draft.table.columns.back().role = Role::denominator;
  for (std::size_t i = 0; i < open.size(); ++i) {
    Source source;
    source.question = 0;
    source.option = static_cast<std::uint32_t>(i);
    for (std::int64_t n = 0; n < open[i]; ++n) source.open.insert(entry++);
    for (std::int64_t n = 0; n < closed[i]; ++n) source.closed.insert(entry++);
    draft.table.rows[0].cells[i].sources = {source};
    total.sources.push_back(source);
  }
  return draft;
}

TEST(ClosedSuppression, HidesOneOrTwoOfWhomOneIsClosedInATableWithoutALimit) {
  Draft draft = with_closed({5, 1, 4}, {2, 1, 0});
  suppress(draft, 0);
  EXPECT_TRUE(draft.table.rows[0].cells[1].is_suppressed);
  EXPECT_FALSE(draft.table.rows[0].cells[0].is_suppressed) << "one beside it is enough";
  EXPECT_TRUE(draft.table.rows[0].cells[2].is_suppressed);
}

TEST(ClosedSuppression, LeavesOneOrTwoPublicAnswersShown) {
  Draft draft = with_closed({5, 1, 2}, {3, 0, 0});
  suppress(draft, 0);
  EXPECT_FALSE(draft.table.has_suppressed());
}

TEST(ClosedSuppression, HidesBesideAClosedAnswerRatherWhereItCouldBeAsWell) {
  Draft draft = with_closed({6, 1, 5, 1}, {2, 1, 0, 2});
  suppress(draft, 0);
  EXPECT_TRUE(draft.table.rows[0].cells[1].is_suppressed);
  EXPECT_TRUE(draft.table.rows[0].cells[3].is_suppressed) << "of five public ones nobody would";
  EXPECT_FALSE(draft.table.rows[0].cells[2].is_suppressed);
}

TEST(ClosedSuppression, LeavesNothingToWhoeverSubtractsThePublicAnswers) {
  std::mt19937 random(20261124);
  int hidden_tables = 0;
  for (int round = 0; round < 2000; ++round) {
    const std::size_t width = 2 + random() % 6;
    std::vector<std::int64_t> open(width), closed(width);
    std::int64_t all = 0;
    for (std::int64_t& one : open) all += one = random() % 2 == 0 ? 0 : random() % 7;
    for (std::int64_t& one : closed) all += one = random() % 3 == 0 ? random() % 3 : 0;
    Draft draft = with_closed(open, closed);
    suppress(draft, 0);
    SCOPED_TRACE(round);
    EXPECT_TRUE(computable_cells(draft).empty());
    const TableRow& row = draft.table.rows[0];
    if (row.cells.back().is_suppressed) continue;
    SeenRow seen;
    for (std::size_t i = 0; i < width; ++i) {
      seen.open.push_back(open[i]);
      seen.shown.push_back(row.cells[i].is_suppressed ? -1 : row.cells[i].count);
      EXPECT_TRUE(row.cells[i].is_suppressed || closed[i] == 0 || row.cells[i].count > 2);
    }
    for (std::size_t i = 0; i < width; ++i)
      EXPECT_FALSE(seen.shown[i] < 0 && is_computable(seen, i, all)) << "option " << i;
    hidden_tables += draft.table.has_suppressed() ? 1 : 0;
  }
  EXPECT_GT(hidden_tables, 500);
}

TEST(ClosedSuppression, HoldsForEveryTableOfCountsAndForNoneOfTheSecretariat) {
  TableFixture fixture(Tables{
      {"t", "kind: options_by_block\nrows: {blocks: [b1]}\nquestion: status\ndenominator: asked\n"},
      {"u", "kind: answers_by_option\nquestion: b1.status\ndenominator: asked\n"}});
  for (const char* code : {"A", "B", "C", "D", "E", "F"}) {
    const bool is_closed = code[0] >= 'D';
    fixture.submit(code);
    fixture.choose(code, "b1.status", {code[0] == 'F' || code[0] == 'C' ? "no" : "yes"},
                   is_closed ? Visibility::counted : Visibility::open);
  }
  const auto tables = fixture.count();
  EXPECT_TRUE(tables.at(0).find_cell("b1", "no")->is_suppressed);
  EXPECT_TRUE(tables.at(1).find_cell("no", "states")->is_suppressed);
  EXPECT_EQ(tables.at(0).notes.back().value, "note.suppressed_closed");
  for (const Table& table : fixture.count(Audience::secretariat))
    EXPECT_FALSE(table.has_suppressed()) << table.id;
}

TEST(ClosedSuppression, KeepsADenominatorThatIsARowOutOfAllOtherRows) {
  TableFixture fixture(Tables{{"t",
                               "kind: answers_by_option\nquestion: b1.parts\ndenominator: asked\n"
                               "suppress_below: 3\n"}});
  for (const char* code : {"A", "B", "C", "D", "E", "F"}) {
    fixture.submit(code);
    fixture.choose(code, "b1.status", {code[0] < 'F' ? "in_part" : "yes"});
    if (code[0] < 'F') fixture.choose(code, "b1.parts", {"law"});
  }
  const Table table = fixture.count().at(0);
  ASSERT_TRUE(table.find_cell("not_asked", "states")->is_suppressed);
  ASSERT_TRUE(table.find_cell("asked", "states")->is_suppressed);
  for (const TableRow& row : table.rows) EXPECT_EQ(row.asked, -1) << row.id;
}

}  // namespace
}  // namespace cosp::testing
