package io.countersign.ops.jwks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An identity provider's web server on the loopback address, with a certificate of its own where it speaks TLS.
 */
final class JwksServer implements AutoCloseable
{
    private static final String PASSWORD = "changeit";

    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final HttpServer server;
    private volatile byte[] body = new byte[0];
    private volatile int status = 200;
    private volatile boolean isStalling;

    private JwksServer(final HttpServer server)
    {
        this.server = server;
        server.createContext("/jwks", this::answer);
        server.setExecutor((task) -> Thread.ofVirtual().start(task));
        server.start();
    }

    static JwksServer plain() throws IOException
    {
        return new JwksServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    /** With a certificate for that address, which is written to ca.pem in the directory. */
    static JwksServer tls(final Path directory, final String subjectAlternativeName) throws Exception
    {
        final Path store = directory.resolve("server.p12");
        keytool("-genkeypair", "-alias", "server", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=idp",
            "-ext", "san=" + subjectAlternativeName, "-keystore", store.toString(), "-storetype", "PKCS12",
            "-storepass", PASSWORD);
        keytool("-exportcert", "-rfc", "-alias", "server", "-keystore", store.toString(), "-storepass", PASSWORD,
            "-file", directory.resolve("ca.pem").toString());
        final KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store))
        {
            keys.load(in, PASSWORD.toCharArray());
        }
        final KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD.toCharArray());
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        final HttpsServer server =
            HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new JwksServer(server);
    }

    String url()
    {
        return (server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:" + server.getAddress().getPort() +
            "/jwks";
    }

    JwksServer body(final byte[] body)
    {
        this.body = body;
        return this;
    }

    JwksServer status(final int status)
    {
        this.status = status;
        return this;
    }

    /** Begins to answer, and never ends. */
    JwksServer stalling()
    {
        isStalling = true;
        return this;
    }

    int requests()
    {
        return requests.get();
    }

    @Override
    public void close()
    {
        closed.countDown();
        server.stop(0);
    }

    private void answer(final HttpExchange exchange) throws IOException
    {
        requests.incrementAndGet();
        exchange.getResponseHeaders().add("Location", "/elsewhere");
        exchange.sendResponseHeaders(status, isStalling ? body.length + 1 : 0);
        exchange.getResponseBody().write(body);
        exchange.getResponseBody().flush();
        if (isStalling)
        {
            try
            {
                closed.await();
            }
            catch (final InterruptedException ex)
            {
                Thread.currentThread().interrupt();
            }
        }
        exchange.close();
    }

    private static void keytool(final String... arguments) throws Exception
    {
        final String[] command = new String[arguments.length + 1];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        final String output = new String(process.getInputStream().readAllBytes());
        if (0 != process.waitFor())
        {
            throw new IllegalStateException(output);
        }
    }
}
