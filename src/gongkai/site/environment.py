"""Every setting that the environment may carry: its name, default, meaning and how to read it.

`settings` takes its values from here, `gongkai doctor` says which are wrong, and a test holds the manual to this list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit


class WrongSetting(ValueError):
    """A value that cannot be; the message says in Chinese what it should be."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable of the environment. `default` is text as the environment would carry it."""

    name: str
    default: str
    help: str
    read: Callable[[str], Any] = str
    secret: bool = False


def _flag(text: str) -> bool:
    if text not in ("0", "1"):
        raise WrongSetting("应为 1（是）或 0（否）")
    return text == "1"


def _number(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdecimal() or not low <= int(text) <= high:
            raise WrongSetting(f"应为 {low} 至 {high} 的整数")
        return int(text)

    return read


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _one_of(*choices: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in choices:
            raise WrongSetting(f"应为 {' 或 '.join(choices)}")
        return text

    return read


def _address(*schemes: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text and (urlsplit(text).scheme not in schemes or not (urlsplit(text).netloc or urlsplit(text).path)):
            raise WrongSetting(f"应为以 {'、'.join(s + '://' for s in schemes)} 开头的地址")
        return text

    return read


SETTINGS: Final = (
    Setting("GONGKAI_VAR", "var", "数据文件夹：数据库、上传的文件、密钥"),
    Setting("GONGKAI_SECRET_KEY", "", "签名用的密钥；不设时自动生成并保存在数据文件夹", secret=True),
    Setting("GONGKAI_HOSTS", "localhost,127.0.0.1,[::1]", "网站的域名，用逗号分隔", _names),
    Setting("GONGKAI_HTTPS", "0", "由代理提供 HTTPS 时设为 1，Cookie 只经加密连接传送", _flag),
    Setting("GONGKAI_PROXIES", "0", "前面有几层反向代理；据此取得访问者的真实地址", _number(0, 5)),
    Setting("GONGKAI_DEBUG", "0", "1 为开发调试；公开的机器上不得使用", _flag),
    Setting(
        "DATABASE_URL", "", "数据库，如 postgres://用户:密码@主机/库名；不设为数据文件夹中的 SQLite",
        _address("postgres", "postgresql", "sqlite"), secret=True,
    ),
    Setting("GONGKAI_CACHE_URL", "", "缓存，如 redis://主机:6379/0；不设为进程内缓存", _address("redis", "rediss")),
    Setting("GONGKAI_S3_BUCKET", "", "附件存入 S3 兼容存储时的桶名；不设为数据文件夹"),
    Setting("GONGKAI_S3_ENDPOINT", "", "S3 兼容存储的地址", _address("http", "https")),
    Setting("GONGKAI_S3_KEY", "", "S3 兼容存储的访问键"),
    Setting("GONGKAI_S3_SECRET", "", "S3 兼容存储的访问密钥", secret=True),
    Setting("GONGKAI_TASKS", "immediate", "后台任务：immediate 当场执行，database 由工作进程执行", _one_of("immediate", "database")),
    Setting("GONGKAI_OIDC_ISSUER", "", "单点登录（OpenID Connect）的颁发者地址；不设为不启用", _address("http", "https")),
    Setting("GONGKAI_OIDC_CLIENT", "", "单点登录的客户端标识"),
    Setting("GONGKAI_OIDC_SECRET", "", "单点登录的客户端密钥", secret=True),
    Setting("GONGKAI_OIDC_CLAIM", "preferred_username", "单点登录返回的哪一项是本系统的用户名"),
    Setting("GONGKAI_IDLE_MINUTES", "30", "登录后多少分钟没有操作即退出", _number(1, 1440)),
    Setting("GONGKAI_SESSION_HOURS", "10", "登录后最长多少小时须重新登录", _number(1, 72)),
    Setting("GONGKAI_SESSIONS_EACH", "2", "同一账号最多同时登录几处", _number(1, 20)),
    Setting("GONGKAI_PASSWORD_DAYS", "90", "密码用多少天后须更换；0 为不要求", _number(0, 3650)),
    Setting("GONGKAI_REVIEW", "three", "信息发布前的审核：three 三级审核，two 二级审核；各机关可以另选", _one_of("three", "two")),
    Setting("GONGKAI_REPORT_CHECK", "1", "年报核校是否向公众开放", _flag),
    Setting("GONGKAI_PAGE_SECONDS", "60", "公开页面在服务器缓存多少秒；0 为不缓存", _number(0, 86400)),
    Setting("GONGKAI_LOG", "WARNING", "日志级别；INFO 时每个请求记一行", _one_of("DEBUG", "INFO", "WARNING", "ERROR")),
    Setting("GONGKAI_LOG_FORMAT", "line", "日志格式：line 为一行文字，json 为一行一个 JSON", _one_of("line", "json")),
    Setting("GONGKAI_METRICS_TOKEN", "", "从别的机器读取 /metrics 时用的口令；不设为只有本机可读", secret=True),
    Setting("GONGKAI_BIND", "127.0.0.1:8000", "服务器监听的地址和端口，或 unix:套接字文件"),
    Setting("GONGKAI_WORKERS", "2", "服务器的工作进程数，一般等于处理器核数", _number(1, 64)),
    Setting("GONGKAI_THREADS", "4", "每个工作进程的线程数", _number(1, 64)),
)  # fmt: skip


def read(environ: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """(every value by name, one sentence for each that is wrong). A wrong one has its default."""
    values: dict[str, Any] = {}
    wrong: list[str] = []
    for setting in SETTINGS:
        try:
            values[setting.name] = setting.read(environ.get(setting.name, setting.default).strip())
        except WrongSetting as error:
            shown = "" if setting.secret else f"“{environ[setting.name]}”"
            wrong.append(f"设置 {setting.name}{shown}不正确：{error}。")
            values[setting.name] = setting.read(setting.default)
    wrong += [
        f"没有 {name} 这项设置，请检查拼写。"
        for name in sorted(environ)
        if name.startswith("GONGKAI_") and name not in values
    ]
    return values, wrong
