package dev.modelsecrets.examples.benchmarks.runtime;

import dev.modelsecrets.Redactor;
import dev.modelsecrets.Secrets;
import java.util.Map;
import org.ahocorasick.trie.PayloadToken;
import org.ahocorasick.trie.PayloadTrie;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Takes the secrets out of a log of 1 MiB; all but one method look for the same patterns, which are several a secret.
 */
@State(Scope.Benchmark)
public class RedactBenchmark extends Timing {

    /** How many secrets there are. */
    @Param({"1", "10", "100", "1000"})
    public int secrets;

    private String log = "";
    private Map<String, String> values = Map.of();
    private Map<String, String> patterns = Map.of();
    private Redactor redactor = Secrets.of(Map.of()).redactor();
    private PayloadTrie<String> trie = PayloadTrie.<String>builder().build();

    /** Writes the log and prepares what can be prepared once. */
    @Setup
    public void prepare() {
        Map<String, String> named = Fixture.secrets(secrets);
        log = Log.write(named, 1 << 20);
        values = Patterns.ofValues(named);
        patterns = Patterns.ofForms(named);
        redactor = Secrets.of(named).redactor();
        PayloadTrie.PayloadTrieBuilder<String> builder =
                PayloadTrie.<String>builder().ignoreOverlaps();
        patterns.forEach(builder::addKeyword);
        trie = builder.build();
    }

    /** This library. */
    @Benchmark
    public String modelSecrets() {
        return redactor.redact(log);
    }

    /** A loop over the patterns. */
    @Benchmark
    public String stringReplace() {
        return replace(patterns);
    }

    /** A loop over the values as they are, in no other form. */
    @Benchmark
    public String stringReplaceOfValues() {
        return replace(values);
    }

    private String replace(Map<String, String> replacements) {
        String text = log;
        for (Map.Entry<String, String> replacement : replacements.entrySet()) {
            text = text.replace(replacement.getKey(), replacement.getValue());
        }
        return text;
    }

    /** The library org.ahocorasick, and what it takes to replace what it finds. */
    @Benchmark
    public String ahoCorasick() {
        StringBuilder text = new StringBuilder(log.length());
        for (PayloadToken<String> token : trie.tokenize(log)) {
            text.append(token.isMatch() ? token.getEmit().getPayload() : token.getFragment());
        }
        return text.toString();
    }
}
