#include "service/samples.hpp"

#include "service/checking.hpp"
#include "tests/service/service_fixture.hpp"

namespace cosp::test {
namespace {

namespace fs = std::filesystem;

class Samples : public ServiceTest {
 protected:
  SampleSummary make(const fs::path& output, std::uint32_t states, std::uint64_t seed,
                     double faults = 0, const std::string& form = "night-skies-report") {
    SampleRequest request;
    request.states = states;
    request.seed = seed;
    request.fault_rate = faults;
    request.output = output;
    request.form = form;
    const auto made = make_samples(*workspace_, request);
    EXPECT_TRUE(made) << describe(made.error());
    return made ? *made : SampleSummary{};
  }

  int check(const fs::path& folder) {
    const std::vector<fs::path> paths = {folder};
    const auto batch = check_paths(*workspace_, paths, {});
    EXPECT_TRUE(batch) << describe(batch.error());
    return batch ? exit_code(*batch) : 4;
  }
};

TEST_F(Samples, AreTheSameBytesForTheSameSeed) {
  make(in() / "first", 5, 7, 0.5);
  make(in() / "second", 5, 7, 0.5);
  make(in() / "third", 5, 8, 0.5);
  bool is_different = false;
  for (const auto& entry : fs::directory_iterator(in() / "first")) {
    const std::string name = entry.path().filename();
    const std::string bytes = must(read_file(entry.path(), 1 << 22));
    EXPECT_EQ(bytes, must(read_file(in() / "second" / name, 1 << 22))) << name;
    is_different |=
        name != "cycle.yaml" && bytes != must(read_file(in() / "third" / name, 1 << 22));
  }
  EXPECT_TRUE(is_different);
}

TEST_F(Samples, GiveEachStateAStreamOfItsOwn) {
  make(in() / "few", 3, 7);
  make(in() / "many", 6, 7);
  for (const auto& entry : fs::directory_iterator(in() / "few")) {
    if (entry.path().extension() != ".json") continue;
    EXPECT_EQ(must(read_file(entry.path(), 1 << 22)),
              must(read_file(in() / "many" / entry.path().filename(), 1 << 22)));
  }
}

TEST_F(Samples, WithoutFaultsHaveNeitherErrorNorBlocker) {
  for (const char* form : {"night-skies-report", "uncc-implementation"}) {
    SCOPED_TRACE(form);
    make(in() / form, 12, 11, 0, form);
    EXPECT_EQ(check(in() / form), 0);
  }
}

TEST_F(Samples, WithFaultsAreFoundOut) {
  EXPECT_EQ(make(in() / "faulty", 8, 3, 1.0).with_faults, 8u);
  EXPECT_NE(check(in() / "faulty"), 0);
}

TEST_F(Samples, NumberStatesBeyondTheRoster) {
  EXPECT_EQ(make(in() / "many", 40, 1).files, 40u);
  EXPECT_TRUE(fs::exists(in() / "many" / "roster.yaml"));
  EXPECT_EQ(check(in() / "many"), 0);
}

}  // namespace
}  // namespace cosp::test
