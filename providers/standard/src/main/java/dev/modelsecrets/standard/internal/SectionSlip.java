package dev.modelsecrets.standard.internal;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Notices that a document without secrets was meant to have some: {@code secret:}, or names that are not indented. */
final class SectionSlip {

    private static final String SECTION = "secrets";

    /** The sections of Truss, which may follow an empty {@code secrets:}. */
    private static final Set<String> SECTIONS_OF_TRUSS = Set.of(
            "allow_insecure_registry",
            "apply_library_patches",
            "base_image",
            "build",
            "build_commands",
            "bundled_packages_dir",
            "cache",
            "data_dir",
            "description",
            "docker_auth",
            "docker_server",
            "environment_variables",
            "examples_filename",
            "external_data",
            "external_package_dirs",
            "hf_cache",
            "input_type",
            "live_reload",
            "model_cache",
            "model_class_filename",
            "model_class_name",
            "model_framework",
            "model_metadata",
            "model_module_dir",
            "model_name",
            "model_type",
            "python_version",
            "requirements",
            "requirements_file",
            "resources",
            "runtime",
            "spec_version",
            "system_packages",
            "train",
            "training_checkpoints",
            "trt_llm",
            "use_local_chains_src",
            "use_local_src",
            "weights");

    private SectionSlip() {}

    /**
     * Looks for a slip.
     *
     * @param emptySection the {@code secrets:} that nothing follows, or null
     * @param others the other sections, in order
     * @return words that follow the name of the document; or null
     */
    static @Nullable String of(
            boolean sectionFound, @Nullable DocumentValue emptySection, Map<String, DocumentValue> others) {
        for (Map.Entry<String, DocumentValue> other : others.entrySet()) {
            String name = other.getKey();
            int line = other.getValue().line();
            if (!sectionFound && isNear(name)) {
                return "it has `" + name.strip() + "` (line " + line
                        + "); the section is called `secrets:`, its names indented below it";
            }
            if (emptySection != null && line > emptySection.line()) {
                return isName(name, other.getValue())
                        ? "nothing is indented below `secrets:` (line " + emptySection.line()
                                + "); indent the names below it, from line " + line
                                + " on, or write `secrets: {}` if there are none"
                        : null;
            }
        }
        return null;
    }

    /** Tells whether a section looks like a name and its default that should be indented. */
    private static boolean isName(String name, DocumentValue value) {
        return value.problem() == null && !SECTIONS_OF_TRUSS.contains(name);
    }

    /** Tells whether a key is {@code secrets} in other case, or with one letter more, less, wrong or swapped. */
    private static boolean isNear(String key) {
        String name = key.strip().toLowerCase(Locale.ROOT);
        int start = 0;
        while (start < Math.min(name.length(), SECTION.length()) && name.charAt(start) == SECTION.charAt(start)) {
            start++;
        }
        String rest = name.substring(start);
        String wanted = SECTION.substring(start);
        if (rest.isEmpty() || wanted.isEmpty()) {
            return rest.length() + wanted.length() <= 1;
        }
        boolean isSwapped = rest.length() == wanted.length()
                && rest.length() > 1
                && rest.charAt(0) == wanted.charAt(1)
                && rest.charAt(1) == wanted.charAt(0)
                && rest.substring(2).equals(wanted.substring(2));
        return isSwapped
                || rest.substring(1).equals(wanted.substring(1))
                || rest.substring(1).equals(wanted)
                || rest.equals(wanted.substring(1));
    }
}
