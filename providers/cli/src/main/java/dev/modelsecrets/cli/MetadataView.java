package dev.modelsecrets.cli;

import dev.modelsecrets.store.SecretMetadata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows what a store tells of secrets, for people and for programs. */
final class MetadataView {

    private MetadataView() {}

    static void list(Output output, List<SecretMetadata> secrets) {
        if (output.isJson()) {
            output.json(secrets.stream().map(MetadataView::answer).toList());
            return;
        }
        int width = 4;
        for (SecretMetadata secret : secrets) {
            width = Math.max(width, secret.name().length());
        }
        for (SecretMetadata secret : secrets) {
            output.line(secret.name() + " ".repeat(width - secret.name().length()) + "  version " + secret.version()
                    + "  " + String.join(", ", secret.keys())
                    + secret.rotationDue().map(due -> "  rotation due " + due).orElse("")
                    + secret.expires().map(time -> "  expires " + time).orElse(""));
        }
    }

    static void show(Output output, SecretMetadata secret) {
        Map<String, Object> answer = answer(secret);
        if (output.isJson()) {
            output.json(answer);
            return;
        }
        answer.forEach((field, value) -> {
            String text = value instanceof List<?> list
                    ? String.join(", ", list.stream().map(String::valueOf).toList())
                    : String.valueOf(value);
            if (!text.isEmpty() && !text.equals("{}")) {
                output.line(field + " ".repeat(Math.max(1, 16 - field.length())) + text);
            }
        });
    }

    static void changed(Output output, String done, SecretMetadata secret) {
        if (output.isJson()) {
            output.json(answer(secret));
            return;
        }
        output.line(done + " " + secret.name() + ", version " + secret.version());
        secret.attachments().forEach(attachment -> {
            if (attachment.restartNeeded()) {
                output.line("  " + attachment.deployment() + " uses it and has to restart");
            }
        });
    }

    private static Map<String, Object> answer(SecretMetadata secret) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("name", secret.name());
        answer.put("type", secret.type().toString());
        answer.put("version", secret.version());
        answer.put("keys", List.copyOf(secret.keys()));
        answer.put("description", secret.description());
        answer.put("labels", secret.labels());
        answer.put("stage", secret.stage().toString());
        answer.put("created", secret.created().toString());
        answer.put("updated", secret.updated().toString());
        answer.put("expires", secret.expires().map(String::valueOf).orElse(""));
        answer.put("rotation_due", secret.rotationDue().map(String::valueOf).orElse(""));
        answer.put(
                "attached_to",
                secret.attachments().stream()
                        .map(SecretMetadata.Attachment::deployment)
                        .toList());
        answer.put("restart_needed", secret.restartNeeded());
        return answer;
    }
}
