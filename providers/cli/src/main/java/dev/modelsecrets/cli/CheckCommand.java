package dev.modelsecrets.cli;

import dev.modelsecrets.ResolutionReport;
import dev.modelsecrets.ResolutionReport.Entry;
import dev.modelsecrets.ResolutionReport.Status;
import dev.modelsecrets.ResolutionReport.Verdict;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.cli.Output.Style;
import dev.modelsecrets.cli.Probe.Result;
import dev.modelsecrets.cli.Probe.Vendor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** Looks for all declared secrets and reports where each one is, or why it is not, and what is odd about its shape. */
final class CheckCommand implements Subcommand {

    @Override
    public void describe(CommandSpec spec) {
        Options.parameter(spec, "CONFIG", "0..1", "the config.yaml of a model; the one in this directory by default");
        SourceOptions.describe(spec);
        Options.values(
                spec,
                "--probe",
                "NAME=VENDOR",
                "ask the vendor whether it accepts the secret: hugging-face, openai, anthropic, github, baseten");
        Options.flag(spec, "--all", "say what every place answers, also for a secret that is found");
    }

    @Override
    public int run(Call call) throws IOException, InterruptedException {
        Map<String, Vendor> probes = probes(call);
        SecretDeclarations declarations = SourceOptions.declarations(call, call.pathParameter(0));
        try (SecretsResolver resolver = SourceOptions.resolver(call)) {
            ResolutionReport report = resolver.explain(declarations);
            Map<String, Result> probed = probe(probes, resolver, report, call);
            if (call.output().isJson()) {
                Map<String, Object> answer = answer(report);
                answer.put("probed", words(probed));
                call.output().json(answer);
            } else {
                print(report, call);
                words(probed).forEach((name, word) -> call.output().line(name + ": the vendor's answer: " + word));
            }
            return Math.max(code(report), probed.containsValue(Result.REJECTED) ? ExitCode.DENIED : ExitCode.DONE);
        }
    }

    private static Map<String, Vendor> probes(Call call) {
        Map<String, Vendor> probes = new LinkedHashMap<>();
        call.pairs("--probe")
                .forEach((name, vendor) -> probes.put(
                        name,
                        Vendor.of(vendor)
                                .orElseThrow(() ->
                                        CommandException.usage("--probe NAME=VENDOR: a vendor is hugging-face, openai,"
                                                + " anthropic, github or baseten"))));
        return probes;
    }

    /** Asks the vendors about the secrets that are found. */
    private static Map<String, Result> probe(
            Map<String, Vendor> probes, SecretsResolver resolver, ResolutionReport report, Call call)
            throws InterruptedException {
        Map<String, Result> results = new LinkedHashMap<>();
        for (Entry entry : report.entries()) {
            Vendor vendor = probes.get(entry.name());
            if (vendor != null && entry.status() == Status.FOUND) {
                String key = resolver.resolve(entry.name()).require(entry.name());
                results.put(entry.name(), Probe.ask(vendor, key, call.machine().vendors()));
            }
        }
        return results;
    }

    private static Map<String, String> words(Map<String, Result> probed) {
        Map<String, String> words = new LinkedHashMap<>();
        probed.forEach((name, result) -> words.put(name, result.word()));
        return words;
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
        List<String> lines = List.of(report.toString().split("\n", -1));
        output.line(output.styled(Style.BOLD, lines.get(0)));
        for (int i = 1; i < lines.size() - 1; i++) {
            output.line(coloured(output, lines.get(i)));
        }
        if (call.has("--all")) {
            report.entries().forEach(entry -> printVerdicts(entry, output));
        }
        int found = 0;
        for (Entry entry : report.entries()) {
            found += entry.status() == Status.FOUND || entry.status() == Status.DEFAULT ? 1 : 0;
        }
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
