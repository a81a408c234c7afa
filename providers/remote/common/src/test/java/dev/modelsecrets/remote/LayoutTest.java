package dev.modelsecrets.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.SecretDeclarations;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutTest {

    private final Layout.Builder builder = new Layout.Builder(name -> name.replace('_', '-'), null);

    @Test
    void remoteName_defaults_usesTheSystemsMapping() {
        assertThat(builder.build().remoteName("hf_token")).isEqualTo("hf-token");
    }

    @Test
    void remoteName_prefix_goesInFrontOfTheSystemsMapping() {
        builder.secretPerName("models_x_");

        assertThat(builder.build().remoteName("hf_token")).isEqualTo("models_x_hf-token");
    }

    @Test
    void remoteName_ownMapping_isTheWholeName() {
        builder.secretPerName(name -> "models/" + name + "/token");

        assertThat(builder.build().remoteName("hf_token")).isEqualTo("models/hf_token/token");
    }

    @Test
    void remoteName_documents_isTheFirst() {
        builder.keysOf("own", "shared");
        Layout layout = builder.build();

        assertThat(layout.documents()).isEqualTo(List.of("own", "shared"));
        assertThat(layout.remoteName("hf_token")).isEqualTo("own");
    }

    @Test
    void build_bothLayouts_isRefused() {
        builder.secretPerName("x-");
        builder.keysOf("own");

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("choose one layout: secretPerName(..) or keysOf(..)");
    }

    @Test
    void build_declaredNamesThatMapToOne_areRefused() {
        builder.declarations(
                SecretDeclarations.builder().required("a_b").required("a-b").build());

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the names a_b and a-b both map to the remote secret a-b");
    }

    @Test
    void build_declaredNamesThatDifferInCaseOnly_areRefusedWhereTheSystemIgnoresCase() {
        builder.declarations(SecretDeclarations.of("a_b", "A-B"));
        assertThat(builder.build().remoteName("A-B")).isEqualTo("A-B");

        builder.ignoreCase();
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the names a_b and A-B both map to the remote secret A-B");
    }

    @Test
    void remoteName_mappingWithoutResult_isRefused() {
        builder.secretPerName(name -> " ");

        assertThatThrownBy(() -> builder.build().remoteName("a"))
                .hasMessage("the mapping gives no remote secret for the name a");
    }

    @Test
    void keysOf_blank_isRefused() {
        assertThatThrownBy(() -> builder.keysOf(" ")).isInstanceOf(IllegalArgumentException.class);
    }
}
