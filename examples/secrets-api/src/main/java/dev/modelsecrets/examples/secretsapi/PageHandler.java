package dev.modelsecrets.examples.secretsapi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Serves the page, which needs no token and knows nothing; every other request goes to the next handler. */
final class PageHandler extends Handler.Wrapper {

    private record Resource(String type, String text) {}

    private final Map<String, Resource> resources;

    PageHandler(Handler next) throws IOException {
        super(next);
        this.resources = Map.of(
                "/", read("text/html; charset=utf-8", "page.html"),
                "/page.css", read("text/css; charset=utf-8", "page.css"),
                "/page.js", read("text/javascript; charset=utf-8", "page.js"),
                "/icon.svg", read("image/svg+xml", "icon.svg"));
    }

    private static Resource read(String type, String name) throws IOException {
        try (@Nullable InputStream in = PageHandler.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the class path has no " + name);
            }
            return new Resource(type, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        @Nullable Resource resource = resources.get(Request.getPathInContext(request));
        if (resource == null
                || !(request.getMethod().equals("GET") || request.getMethod().equals("HEAD"))) {
            return super.handle(request, response, callback);
        }
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, resource.type());
        response.write(true, StandardCharsets.UTF_8.encode(resource.text()), callback);
        return true;
    }
}
