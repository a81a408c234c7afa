package dev.modelsecrets.examples.secretsapi;

import static dev.modelsecrets.examples.secretsapi.RunningServer.SENTINEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.modelsecrets.store.SecretTemplate;
import dev.modelsecrets.store.StoreSecretProvider;
import dev.modelsecrets.store.StoredSecret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses the page in a real browser, as a person does. */
class PageTest {

    @TempDir
    private Path directory;

    private RunningServer server;
    private Browser browser;

    @BeforeEach
    void openPage() throws Exception {
        Optional<Path> program = Browser.find();
        assumeTrue(program.isPresent(), "no Chromium on this machine: apt-get install chromium");
        server = new RunningServer(directory);
        browser = new Browser(program.get(), directory.resolve("profile"));
        browser.open(server.uri("/"));
    }

    @AfterEach
    void closePage() throws Exception {
        if (browser != null) {
            browser.close();
            server.close();
        }
    }

    private void signIn(String token) throws Exception {
        fill("token", token);
        submit("sign-in-form");
        browser.await("!document.getElementById('signed-in').hidden && document.querySelector('#list tr')");
    }

    private void fill(String id, String text) throws Exception {
        browser.evaluate("document.getElementById('" + id + "').focus()");
        browser.type(text);
    }

    private void submit(String form) throws Exception {
        browser.evaluate("document.getElementById('" + form + "').requestSubmit()");
    }

    private void awaitStatus(String text) throws Exception {
        browser.await("document.getElementById('status').textContent.includes('" + text + "')");
    }

    private void choose(String select, String value) throws Exception {
        browser.evaluate("{const s = document.getElementById('" + select + "'); s.value = '" + value
                + "'; s.dispatchEvent(new Event('change'));}");
    }

    private void show(String name) throws Exception {
        browser.evaluate(
                "[...document.querySelectorAll('#list button')].find(b => b.textContent === '" + name + "').click()");
        browser.await("document.getElementById('secret-title').textContent === 'Secret " + name + "'");
    }

    private String stored(String name) {
        return StoreSecretProvider.of(server.store).find(Set.of(name)).get(name).value();
    }

    /**
     * Looks everywhere a value could have been left: the live DOM, fields, address, storage, console and network log.
     */
    private void assertNothingLeft() throws Exception {
        assertThat(browser.evaluate("document.documentElement.outerHTML")).doesNotContain(SENTINEL);
        assertThat(browser.evaluate(
                        "[...document.querySelectorAll('input, textarea')].map(field => field.value).join('|')"))
                .doesNotContain(SENTINEL);
        assertThat(browser.evaluate("location.href + JSON.stringify(history.state)"))
                .doesNotContain(SENTINEL);
        assertThat(browser.evaluate("localStorage.length + sessionStorage.length + document.cookie.length"))
                .isEqualTo("0");
        assertThat(browser.evaluate("indexedDB.databases().then(all => all.length)"))
                .isEqualTo("0");
        assertThat(browser.evaluate("caches.keys().then(all => all.length)")).isEqualTo("0");
        for (JsonNode event : browser.events) {
            String method = event.path("method").asText();
            assertThat(method).isNotIn("Runtime.consoleAPICalled", "Runtime.exceptionThrown");
            assertThat(event.at("/params/request/url").asText()).doesNotContain(SENTINEL);
            assertThat(event.at("/params/response/url").asText()).doesNotContain(SENTINEL);
            if (method.equals("Log.entryAdded")) {
                // The browser itself notes answers such as 409.
                assertThat(event.at("/params/entry/source").asText())
                        .as(event.toString())
                        .isEqualTo("network");
                assertThat(event.toString()).doesNotContain(SENTINEL);
            }
        }
        assertThat(server.answers).noneMatch(answer -> answer.contains(SENTINEL));
    }

    @Test
    void create_customKeysAndTemplate_storesThemAndForgetsThem() throws Exception {
        signIn(server.writer);
        fill("name", "db");
        fill("description", "the database");
        browser.evaluate("document.querySelector('#fields .key').focus()");
        browser.type("value");
        browser.evaluate("document.querySelector('#fields .value').focus()");
        browser.type(SENTINEL + "-\"quoted\" ü");
        fill("rotate", "90");
        submit("create-form");
        awaitStatus("db is created");
        assertThat(stored("db")).isEqualTo(SENTINEL + "-\"quoted\" ü");
        assertThat(server.store.describe("db").rotationDue()).isPresent();
        assertNothingLeft();

        choose("template", "HUGGING_FACE");
        fill("name", "hf");
        browser.evaluate("document.querySelector('#fields .value').focus()");
        browser.type(SENTINEL);
        submit("create-form");
        browser.await("document.getElementById('problem').textContent.includes('expected format')");
        assertThat(browser.evaluate("document.getElementById('problem').textContent"))
                .doesNotContain(SENTINEL);
        browser.evaluate("document.querySelector('#fields .value').value = ''");
        browser.evaluate("document.querySelector('#fields .value').focus()");
        browser.type("hf_test0000000000000000000000");
        submit("create-form");
        awaitStatus("hf is created");
        assertThat(server.store.describe("hf").template()).contains(SecretTemplate.HUGGING_FACE);
        assertThat(browser.evaluate("document.querySelectorAll('#list tr').length"))
                .isEqualTo("2");
        assertNothingLeft();
    }

    @Test
    void create_fromJson_takesItsKeysOrTheWholeText() throws Exception {
        signIn(server.writer);
        Path file = Files.writeString(directory.resolve("keys.json"), """
                {"user": "test-sentinel-4711-u", "password": "test-sentinel-4711-p"}""");
        fill("name", "login");
        setFile(file);
        awaitStatus("Taken from the JSON text: user, password");
        submit("create-form");
        awaitStatus("login is created");
        assertThat(server.store.describe("login").keys()).containsExactly("password", "user");
        assertThat(StoreSecretProvider.of(server.store)
                        .find(Set.of("login.user"))
                        .get("login.user")
                        .value())
                .isEqualTo(SENTINEL + "-u");
        assertNothingLeft();

        String text = "{\"type\": \"test\", \"nested\": {\"key\": \"" + SENTINEL + "\"}}\n";
        fill("name", "account");
        drop(text);
        awaitStatus("The file is taken as one value");
        submit("create-form");
        awaitStatus("account is created");
        assertThat(stored("account")).isEqualTo(text);

        fill("name", "pasted");
        browser.evaluate("{const data = new DataTransfer(); data.setData('text', '{\"a\":\"" + SENTINEL
                + "\"}'); document.querySelector('#fields .value').dispatchEvent("
                + "new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));}");
        awaitStatus("Taken from the JSON text: a.");
        submit("create-form");
        awaitStatus("pasted is created");
        assertThat(stored("pasted")).isEqualTo(SENTINEL);
        assertNothingLeft();
    }

    private void setFile(Path file) throws Exception {
        int root = browser.send("DOM.getDocument", Map.of()).at("/root/nodeId").asInt();
        int input = browser.send("DOM.querySelector", Map.of("nodeId", root, "selector", "#file"))
                .get("nodeId")
                .asInt();
        browser.send("DOM.setFileInputFiles", Map.of("nodeId", input, "files", List.of(file.toString())));
    }

    private void drop(String text) throws Exception {
        browser.evaluate("{const data = new DataTransfer(); data.items.add(new File([atob('"
                + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
                + "')], 'account.json')); document.getElementById('drop').dispatchEvent("
                + "new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));}");
    }

    @Test
    void secret_isChangedAttachedUndoneAndDeleted() throws Exception {
        server.store.create(StoredSecret.builder("api")
                .value("key", SENTINEL + "-1")
                .expires(Instant.parse("2020-01-01T00:00:00Z"))
                .build());
        signIn(server.writer);
        assertThat(browser.evaluate("document.getElementById('due').textContent"))
                .contains("api expires");
        show("api");

        fill("change-value", SENTINEL + "-2");
        submit("change-form");
        awaitStatus("api is changed");
        assertThat(stored("api")).isEqualTo(SENTINEL + "-2");
        assertNothingLeft();

        fill("deployment", "llm");
        submit("attach-form");
        awaitStatus("api is attached to llm");
        assertThat(server.store.attached("llm")).hasSize(1);

        browser.evaluate("document.querySelector('#history button').click()");
        awaitStatus("values of version 1 again");
        assertThat(stored("api")).isEqualTo(SENTINEL + "-1");

        browser.evaluate("document.getElementById('delete-sure').click()");
        submit("delete-form");
        browser.await("document.getElementById('problem').textContent.includes('in use by llm')");
        browser.evaluate("document.querySelector('#attachments button').click()");
        awaitStatus("detached");
        // Somebody else is faster.
        server.store.put("api", SENTINEL + "-3");
        browser.evaluate("document.getElementById('delete-sure').click()");
        submit("delete-form");
        browser.await("document.getElementById('problem').textContent.includes('somebody changed it')");
        browser.evaluate("document.getElementById('delete-sure').click()");
        submit("delete-form");
        awaitStatus("api is deleted");
        assertThat(server.store.list()).isEmpty();
        assertNothingLeft();
    }

    @Test
    void page_readerAndKeyboard_seeWhatTheyNeed() throws Exception {
        server.store.put("api", SENTINEL);
        // Only with keys: past the link that skips, to the token, and in.
        browser.press("Tab", 9);
        browser.press("Tab", 9);
        assertThat(browser.evaluate("document.activeElement.id")).isEqualTo("token");
        browser.type(server.reader);
        browser.press("Tab", 9);
        browser.press("Enter", 13);
        browser.await("document.querySelector('#list button')");
        assertThat(browser.evaluate("document.getElementById('token').value")).isEmpty();
        assertThat(browser.evaluate("document.activeElement.id")).isEqualTo("main");
        browser.press("Tab", 9);
        browser.press("Tab", 9);
        browser.press("Tab", 9);
        browser.press("Enter", 13);
        browser.await("document.activeElement.id === 'secret-title'");

        // A reader gets no form that would be refused.
        assertThat(browser.evaluate("[...document.querySelectorAll('.for-writers')].every(part => part.hidden)"))
                .isEqualTo("true");
        // Each field has a label, and each button a name.
        assertThat(browser.evaluate("[...document.querySelectorAll('input, select, textarea')]"
                        + ".filter(field => field.labels.length === 0).map(field => field.id).join()"))
                .isEmpty();
        assertThat(browser.evaluate("[...document.querySelectorAll('button')]"
                        + ".filter(button => !button.textContent.trim()).length"))
                .isEqualTo("0");
        assertNothingLeft();
    }

    @Test
    void markup_inNames_staysText() throws Exception {
        server.store.create(StoredSecret.builder("api")
                .value("key", SENTINEL)
                .description("<img src=x onerror=document.title='broken'>")
                .build());
        signIn(server.writer);
        show("api");
        assertThat(browser.evaluate("document.querySelectorAll('main img').length + document.title"))
                .isEqualTo("0Secrets");
        assertNothingLeft();
    }
}
