/// The commands that open a store. They stand in a program of their own, `cosp-store`: the
/// libraries of the server and of the database take longer to load than `cosp` needs for checking a
/// file. `cosp` hands these commands over to it; both programs understand every command.
#pragma once

#include "apps/options.hpp"
#include "service/workspace.hpp"

namespace cosp::apps {

int run(const CompileStoreOptions& options, Workspace& workspace);
int run(const ServeOptions& options, Workspace& workspace);
int run(const TokenOptions& options, Workspace& workspace);

/// In `cosp-store` does what is asked; in `cosp` becomes `cosp-store`, which lies beside it, with
/// the same arguments (ended by null), and returns only when that program cannot be started.
int run_with_store(const ParsedOptions& parsed, const StoreCommand& command,
                   const char* const* arguments);

}  // namespace cosp::apps
