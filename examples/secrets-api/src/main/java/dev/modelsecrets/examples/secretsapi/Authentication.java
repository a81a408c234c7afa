package dev.modelsecrets.examples.secretsapi;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out who calls, before anything else is looked at; whether that is enough, the next handlers decide. */
final class Authentication extends Handler.Wrapper {

    private static final Logger LOG = LoggerFactory.getLogger(Authentication.class);
    private static final String CALLER = Caller.class.getName();
    private static final String SCHEME = "Bearer ";

    private final Tokens tokens;

    Authentication(Tokens tokens, Handler next) {
        super(next);
        this.tokens = tokens;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        List<String> headers = request.getHeaders().getValuesList(HttpHeader.AUTHORIZATION);
        String header = headers.size() == 1 ? headers.get(0) : "";
        if (header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            try {
                tokens.find(header.substring(SCHEME.length()).strip())
                        .ifPresent(caller -> request.setAttribute(CALLER, caller));
            } catch (IOException e) {
                LOG.error("the file of tokens cannot be read: {}", e.getMessage());
                Response.writeError(request, response, callback, 500);
                return true;
            }
        }
        return super.handle(request, response, callback);
    }

    static Optional<Caller> callerOf(Request request) {
        return Optional.ofNullable((Caller) request.getAttribute(CALLER));
    }

    /** Whose limit a request counts for: that of a token, so that strangers cannot use it up, or of an address. */
    static String limitedAs(Request request) {
        return callerOf(request)
                .map(caller -> "token " + caller.name())
                .orElseGet(() -> "address " + Request.getRemoteAddr(request));
    }
}
