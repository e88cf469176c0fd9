/// The commands that write documents or open a store. They stand in a program of their own,
/// `cosp-full`: the libraries of workbooks, of the server and of the database take longer to load
/// than `cosp` needs for checking a file. `cosp` hands these commands over to it; both programs
/// understand every command.
#pragma once

#include <vector>

#include "apps/options.hpp"
#include "service/workspace.hpp"

namespace cosp {
struct Offered;
}

namespace cosp::apps {

int run(const CompileOptions& options, Workspace& workspace);
int run(const CompileStoreOptions& options, Workspace& workspace);
int run(const FormFileOptions& options, Workspace& workspace);
int run(const ConvertOptions& options, Workspace& workspace);
int run(const MergeOptions& options, Workspace& workspace);
int run(const MigrateOptions& options, Workspace& workspace);
int run(const ServeOptions& options, Workspace& workspace);
int run(const TokenOptions& options, Workspace& workspace);

/// Makes the documents from these submissions, and tells what was left out and what was written.
int compile_offered(const CompileOptions& options, Workspace& workspace, const PreparedForm& form,
                    const Cycle& cycle, const std::vector<Offered>& offered);

/// Whether a submission can be written under this name; else tells standard error so.
bool can_be_written(const std::filesystem::path& file);

/// In `cosp-full` does what is asked; in `cosp` becomes `cosp-full`, which lies beside it, with the
/// same arguments (ended by null), and returns only when that program cannot be started.
int run_in_full(const ParsedOptions& parsed, const FullCommand& command,
                const char* const* arguments);

}  // namespace cosp::apps
