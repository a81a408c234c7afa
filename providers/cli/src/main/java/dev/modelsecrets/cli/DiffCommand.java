package dev.modelsecrets.cli;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Says what a push would do: names only, and nothing is changed. */
final class DiffCommand implements Subcommand {

    @Override
    public void describe(CommandSpec spec) {
        PushOptions.describe(spec);
    }

    @Override
    public int run(Call call) throws IOException {
        try (PushTarget target = PushOptions.target(call)) {
            List<PushTarget.Row> plan = target.plan(PushOptions.secrets(call));
            PushRows.answer(call.output(), plan);
            if (!call.output().isJson()) {
                PushRows.print(call.output(), target.name(), plan);
            }
            if (PushRows.has(plan, PushTarget.CONFLICT)) {
                return ExitCode.CONFLICT;
            }
            return PushRows.has(plan, PushTarget.CREATE) ? ExitCode.MISSING : ExitCode.DONE;
        }
    }
}
