package iopath.servers;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.stream.ChunkedFile;
import io.netty.handler.stream.ChunkedNioFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sends files, as a region where nothing has to be encrypted; keeps bodies. */
final class NettyFiles extends SimpleChannelInboundHandler<HttpObject> {

    private final Setup setup;
    private boolean last;
    private @Nullable FileChannel upload;

    NettyFiles(Setup setup) {
        this.setup = setup;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) throws IOException {
        if (message instanceof HttpRequest request) {
            begin(context, request);
        }
        FileChannel target = upload;
        if (message instanceof HttpContent content && target != null) {
            keep(content.content(), target);
            if (message instanceof LastHttpContent) {
                target.close();
                upload = null;
                finish(context.writeAndFlush(created()));
            }
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) throws IOException {
        last = !HttpUtil.isKeepAlive(request);
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        if (request.method().equals(HttpMethod.POST)) {
            List<String> names = Objects.requireNonNull(uri.parameters().get("name"));
            upload = FileChannel.open(
                    setup.upload(names.get(0)), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } else {
            send(
                    context,
                    new RandomAccessFile(
                            setup.files().resolve(uri.path().substring(1)).toFile(), "r"));
        }
    }

    private void send(ChannelHandlerContext context, RandomAccessFile file) throws IOException {
        long length = file.length();
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        HttpUtil.setContentLength(head, length);
        context.write(head);
        if (setup.has("chunked-nio-file")) {
            finish(context.writeAndFlush(new HttpChunkedInput(new ChunkedNioFile(file.getChannel()))));
        } else if (setup.tls() || setup.has("chunked-file")) {
            finish(context.writeAndFlush(new HttpChunkedInput(new ChunkedFile(file))));
        } else {
            context.write(new DefaultFileRegion(file.getChannel(), 0, length));
            finish(context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT));
        }
    }

    private void finish(ChannelFuture sent) {
        sent.addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        if (last) {
            sent.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static void keep(ByteBuf bytes, FileChannel target) throws IOException {
        while (bytes.isReadable()) {
            bytes.readBytes(target, bytes.readableBytes());
        }
    }

    private static HttpResponse created() {
        HttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CREATED);
        HttpUtil.setContentLength(response, 0);
        return response;
    }
}
