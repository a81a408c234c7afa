package dev.modelsecrets.spark;

import dev.modelsecrets.Redactor;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.internal.config.package$;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds properties that hold a secret's value, and has Spark hide them.
 *
 * <p>The web UI and the event log show all properties, except those whose key or value matches {@code
 * spark.redaction.regex}. That pattern goes by words such as "token"; here the keys are added that hold a value.
 */
final class VisibleProperties {

    private static final Logger LOG = LoggerFactory.getLogger("dev.modelsecrets");

    private VisibleProperties() {}

    /** Changes the pattern of a configuration that Spark has not shown yet. */
    static void hide(SparkConf conf, Properties systemProperties, Redactor redactor) {
        Map<String, String> revealing = new TreeMap<>();
        for (scala.Tuple2<String, String> property : conf.getAll()) {
            look(property._1(), property._2(), redactor, revealing);
        }
        for (String key : systemProperties.stringPropertyNames()) {
            look(key, systemProperties.getProperty(key), redactor, revealing);
        }
        if (revealing.isEmpty()) {
            return;
        }
        StringBuilder pattern = new StringBuilder(
                conf.get(package$.MODULE$.SECRET_REDACTION_PATTERN()).regex());
        revealing.forEach((key, name) -> {
            LOG.warn(
                    "The property {} holds the value of the secret {}. It is hidden in the web UI and the event log,"
                            + " but"
                            + " Spark sends it to every executor: pass the name, and take the value inside the task.",
                    redactor.redact(key),
                    name);
            pattern.append("|^").append(Pattern.quote(key)).append('$');
        });
        conf.set("spark.redaction.regex", pattern.toString());
    }

    private static void look(String key, String value, Redactor redactor, Map<String, String> revealing) {
        for (Redactor.Finding finding : redactor.find(value)) {
            revealing.putIfAbsent(key, finding.name());
        }
    }
}
