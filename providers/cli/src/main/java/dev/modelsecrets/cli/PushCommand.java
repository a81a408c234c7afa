package dev.modelsecrets.cli;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Writes secrets to a platform, after a look at what is there. */
final class PushCommand implements Subcommand {

    @Override
    public void describe(CommandSpec spec) {
        PushOptions.describe(spec);
        Options.flag(spec, "--missing", "only what the platform does not have");
    }

    @Override
    public int run(Call call) throws IOException {
        try (PushTarget target = PushOptions.target(call)) {
            List<PushTarget.Row> plan = target.plan(PushOptions.secrets(call));
            if (!call.output().isJson()) {
                PushRows.print(call.output(), target.name(), plan);
            }
            if (PushRows.has(plan, PushTarget.CONFLICT)) {
                PushRows.answer(call.output(), plan);
                call.diagnostics().error("nothing was written: solve the conflicts first");
                return ExitCode.CONFLICT;
            }
            List<PushTarget.Row> results = target.push(call.has("--missing"));
            PushRows.answer(call.output(), results);
            if (!call.output().isJson()) {
                PushRows.print(call.output(), "written", results);
            }
            return PushRows.all(results, PushTarget.WRITTEN) ? ExitCode.DONE : ExitCode.FAILED;
        }
    }
}
