package dev.linkspan.server.network.ovsdb;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Bytes to a server and back. {@link #close} ends reading and writing in other threads. */
interface Transport extends AutoCloseable {

    InputStream in() throws IOException;

    void write(byte[] bytes) throws IOException;

    @Override
    void close() throws IOException;

    /** Connects; a name that cannot be looked up, or a handshake that fails, is an {@link IOException} too. */
    static Transport open(Endpoint endpoint, Optional<SSLSocketFactory> tls, Duration patience) throws IOException {
        return switch (endpoint) {
            case Endpoint.Unix unix -> new OfChannel(SocketChannel.open(UnixDomainSocketAddress.of(unix.socket())));
            case Endpoint.Tcp(String host, int port) -> {
                Socket socket = connect(host, port, patience);
                yield new OfSocket(socket, socket);
            }
            case Endpoint.Ssl(String host, int port) -> {
                SSLSocketFactory sockets = tls.orElseThrow(() -> new IOException("ssl: needs certificates"));
                Socket plain = connect(host, port, patience);
                yield new OfSocket(secured(plain, sockets, host, port, patience), plain);
            }
        };
    }

    private static Socket connect(String host, int port, Duration patience) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(host, port), Math.toIntExact(patience.toMillis()));
            return socket;
        } catch (IOException | RuntimeException failed) {
            socket.close();
            throw failed;
        }
    }

    private static Socket secured(Socket plain, SSLSocketFactory tls, String host, int port, Duration patience)
            throws IOException {
        try {
            SSLSocket socket = (SSLSocket) tls.createSocket(plain, host, port, true);
            socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
            socket.startHandshake();
            socket.setSoTimeout(0);
            return socket;
        } catch (IOException | RuntimeException failed) {
            plain.close();
            throw failed;
        }
    }

    /**
     * Over TCP.
     *
     * @param plain below TLS: closing it never waits for a server that does not read
     */
    record OfSocket(Socket socket, Socket plain) implements Transport {

        @Override
        public InputStream in() throws IOException {
            return socket.getInputStream();
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        @Override
        public void close() throws IOException {
            plain.close();
        }
    }

    /** Over a socket in the file system. */
    record OfChannel(SocketChannel channel) implements Transport {

        @Override
        public InputStream in() {
            return new InputStream() {
                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    return channel.read(ByteBuffer.wrap(into, offset, length));
                }
            };
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
