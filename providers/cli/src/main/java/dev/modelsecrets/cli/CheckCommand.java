package dev.modelsecrets.cli;

import dev.modelsecrets.ResolutionReport;
import dev.modelsecrets.ResolutionReport.Entry;
import dev.modelsecrets.ResolutionReport.Status;
import dev.modelsecrets.ResolutionReport.Verdict;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.cli.Output.Style;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** Looks for all declared secrets and reports where each one is, or why it is not, and what is odd about its shape. */
final class CheckCommand implements Subcommand {

    static final String SUMMARY = "say of each declared secret where it is, or why it is missing";

    @Override
    public void describe(CommandSpec spec) {
        Options.parameter(spec, "CONFIG", "0..1", "the config.yaml of a model; the one in this directory by default");
        SourceOptions.describe(spec);
        Options.flag(spec, "--all", "say what every place answers, also for a secret that is found");
    }

    @Override
    public int run(Call call) throws IOException {
        SecretDeclarations declarations =
                SourceOptions.declarations(call, call.parameter(0).map(text -> Call.path("CONFIG", text)));
        try (SecretsResolver resolver = SourceOptions.resolver(call)) {
            ResolutionReport report = resolver.explain(declarations);
            if (call.output().isJson()) {
                call.output().json(answer(report));
            } else {
                print(report, call);
            }
            return code(report);
        }
    }

    private static int code(ResolutionReport report) {
        int code = ExitCode.DONE;
        for (Entry entry : report.entries()) {
            code = Math.max(
                    code,
                    switch (entry.status()) {
                        case FOUND, DEFAULT -> ExitCode.DONE;
                        case MISSING -> ExitCode.MISSING;
                        case FAILED -> ExitCode.FAILED;
                        case DENIED -> ExitCode.DENIED;
                    });
        }
        return code;
    }

    private static void print(ResolutionReport report, Call call) {
        Output output = call.output();
        if (report.entries().isEmpty()) {
            output.line("no secret is declared");
            return;
        }
        List<String> lines = report.toString().lines().toList();
        output.line(output.styled(Style.BOLD, lines.get(0)));
        for (int i = 1; i < lines.size(); i++) {
            output.line(coloured(output, lines.get(i)));
        }
        if (call.has("--all")) {
            report.entries().forEach(entry -> printVerdicts(entry, output));
        }
        long found = report.entries().stream()
                .filter(entry -> entry.status() == Status.FOUND || entry.status() == Status.DEFAULT)
                .count();
        output.line(output.styled(
                report.isComplete() ? Style.GOOD : Style.BAD,
                found + " of " + report.entries().size() + " declared secrets have a value"));
    }

    private static String coloured(Output output, String line) {
        for (Status status : List.of(Status.MISSING, Status.FAILED, Status.DENIED)) {
            String word = "  " + status.name() + "  ";
            int start = line.indexOf(word);
            if (start >= 0) {
                return line.substring(0, start)
                        + output.styled(Style.BAD, word)
                        + line.substring(start + word.length());
            }
        }
        return line;
    }

    private static void printVerdicts(Entry entry, Output output) {
        output.line(output.styled(Style.BOLD, entry.name()));
        for (Verdict verdict : entry.verdicts()) {
            output.line("  " + verdict.provider() + ": "
                    + verdict.answer().name().toLowerCase(Locale.ROOT) + ": " + verdict.text()
                    + (verdict.differs() ? " (a different value)" : ""));
        }
    }

    private static Map<String, Object> answer(ResolutionReport report) {
        List<Object> secrets = new ArrayList<>();
        for (Entry entry : report.entries()) {
            Map<String, Object> secret = new LinkedHashMap<>();
            secret.put("name", entry.name());
            secret.put("status", entry.status().name().toLowerCase(Locale.ROOT));
            secret.put("provider", entry.winner().map(Verdict::provider));
            secret.put("location", entry.winner().map(Verdict::text));
            secret.put("remarks", entry.remarks());
            secret.put(
                    "verdicts",
                    entry.verdicts().stream().map(CheckCommand::answer).toList());
            secrets.add(secret);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("complete", report.isComplete());
        answer.put("secrets", secrets);
        return answer;
    }

    private static Map<String, Object> answer(Verdict verdict) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("provider", verdict.provider());
        answer.put("answer", verdict.answer().name().toLowerCase(Locale.ROOT));
        answer.put("text", verdict.text());
        answer.put("differs", verdict.differs());
        return answer;
    }
}
