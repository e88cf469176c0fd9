/// A small form, a roster of eight and submissions put together by hand, for tests of tables.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "generator/compilation.hpp"
#include "generator/output_file.hpp"

namespace cosp::testing {

using Tables = std::map<std::string, std::string>;  ///< declarations by id

/// Articles 1 and 2 with status, elements, challenges and a figure; registers of needs and offers.
/// `tables` are declarations by id; texts for them are made.
class TableFixture {
 public:
  explicit TableFixture(const std::map<std::string, std::string>& tables);
  ~TableFixture();
  TableFixture(const TableFixture&) = delete;
  TableFixture& operator=(const TableFixture&) = delete;

  const Form& form() const { return *form_; }
  Cycle& cycle() { return cycle_; }
  const std::filesystem::path& folder() const { return folder_; }

  /// A final submission of the entry, consenting to publication unless told. Roster: A–F parties, G
  /// signatory, O organization.
  void submit(std::string_view code, std::string_view consent = "yes");
  void choose(std::string_view code, std::string_view question,
              std::initializer_list<std::string_view> options,
              Visibility visibility = Visibility::open);
  void figure(std::string_view code, std::string_view question, std::string_view number);
  void reason(std::string_view code, std::string_view question, Reason reason);
  /// A row with choices by column; its title is `title`.
  void row(std::string_view code, std::string_view registry, std::string_view id,
           std::string_view title, const std::map<std::string, std::vector<std::string>>& choices,
           Visibility visibility = Visibility::open);
  /// Gives blocks the answers of the rows of "closings", as a reader does after reading.
  void share(std::string_view code);

  CompilationInput input(Audience audience);
  /// Counts all declared tables; fails the test when they cannot be counted.
  std::vector<Table> count(Audience audience = Audience::open);
  /// The table as lines "row: column=value …" of what is not zero; suppressed values are "…".
  static std::string lines(const Table& table);

 private:
  Answer& answer(std::string_view code, std::string_view question);

  std::filesystem::path folder_;
  std::unique_ptr<Form> form_;
  Cycle cycle_;
  std::map<std::string, std::unique_ptr<Submission>, std::less<>> submissions_;
  std::vector<std::unique_ptr<Evaluation>> evaluations_;
  std::unique_ptr<CompilationInput> open_, secretariat_;
};

/// The open data in English, as it was handed over.
std::vector<OutputFile> open_data_of(const CompilationInput& input, std::span<const Table> tables);

}  // namespace cosp::testing
