//! The words that the centre is made of, with rough frequencies: names of southern Viet Nam, schools and
//! districts of Ho Chi Minh City, the centre's own vocabulary. Written for this project.

use rand::{Rng, RngExt};

/// Words with their weights.
pub type Weighted = &'static [(&'static str, u32)];

/// Picks a word by weight.
pub fn pick(rng: &mut impl Rng, words: Weighted) -> &'static str {
    let total: u32 = words.iter().map(|(_, weight)| weight).sum();
    let mut rest = rng.random_range(0..total);
    for (word, weight) in words {
        if rest < *weight {
            return word;
        }
        rest -= weight;
    }
    words[0].0
}

/// Picks one of equally likely words.
pub fn one_of(rng: &mut impl Rng, words: &[&'static str]) -> &'static str {
    words[rng.random_range(0..words.len())]
}

/// The three branches, by size.
pub const BRANCHES: Weighted = &[("Quận 1", 40), ("Gò Vấp", 35), ("Thủ Đức", 25)];

#[rustfmt::skip]
pub const FAMILY: Weighted = &[
    ("Nguyễn", 340), ("Trần", 115), ("Lê", 95), ("Phạm", 68), ("Huỳnh", 52), ("Phan", 45), ("Võ", 44),
    ("Vũ", 22), ("Đặng", 22), ("Bùi", 20), ("Trương", 20), ("Hồ", 19), ("Đỗ", 16), ("Ngô", 14),
    ("Hoàng", 14), ("Dương", 13), ("Lý", 11), ("Đinh", 9), ("Lâm", 9), ("Mai", 7), ("Đoàn", 7), ("Lương", 6),
    ("Trịnh", 6), ("Cao", 6), ("Hà", 5), ("Châu", 5), ("Thái", 5), ("Tô", 4), ("Tạ", 3), ("Quách", 3),
    ("Từ", 3), ("Tăng", 2), ("Kiều", 2), ("La", 2), ("Khưu", 1), ("Tôn Nữ", 1),
];

#[rustfmt::skip]
pub const MIDDLE_WOMAN: Weighted = &[
    ("Thị", 190), ("Ngọc", 120), ("Thanh", 65), ("Thị Thanh", 30), ("Thị Ngọc", 34), ("Bảo", 60), ("Minh", 55),
    ("Phương", 46), ("Hoàng", 36), ("Khánh", 46), ("Gia", 40), ("Quỳnh", 36), ("Thùy", 32), ("Kim", 32),
    ("Mỹ", 30), ("Thu", 24), ("Hồng", 22), ("Thị Kim", 14), ("Thị Mỹ", 14), ("Diệu", 12), ("Hải", 10),
    ("Tường", 12), ("Nhã", 10), ("An", 10), ("Trúc", 10), ("Xuân", 8), ("", 8),
];

#[rustfmt::skip]
pub const GIVEN_WOMAN: Weighted = &[
    ("Anh", 62), ("Linh", 48), ("Trang", 34), ("Hương", 24), ("Ngọc", 40), ("Thảo", 38), ("Lan", 24),
    ("Trâm", 28), ("Vy", 46), ("Như", 34), ("Ngân", 40), ("Nhi", 46), ("Hân", 34), ("Trinh", 20), ("Uyên", 26),
    ("Phương", 30), ("My", 32), ("Thư", 36), ("Quyên", 16), ("Yến", 18), ("Hà", 18), ("Mai", 22), ("Chi", 20),
    ("Châu", 20), ("Hiền", 18), ("Dung", 12), ("Thúy", 14), ("Hòa", 8), ("Nga", 10), ("Tiên", 18), ("Vân", 16),
    ("Duyên", 14), ("Giang", 10), ("Đan", 8), ("Khánh", 8), ("Đức", 1), ("Oanh", 8), ("Loan", 6), ("Thủy", 10),
];

#[rustfmt::skip]
pub const MIDDLE_MAN: Weighted = &[
    ("Văn", 120), ("Minh", 110), ("Hoàng", 90), ("Gia", 80), ("Quốc", 66), ("Đức", 56), ("Thanh", 56),
    ("Anh", 46), ("Bảo", 48), ("Hữu", 44), ("Ngọc", 36), ("Tuấn", 30), ("Công", 30), ("Xuân", 22), ("Thành", 26),
    ("Nhật", 30), ("Trung", 22), ("Đình", 28), ("Khánh", 20), ("Phúc", 18), ("Thiên", 16), ("Trọng", 18),
    ("Chí", 14), ("Hải", 12), ("Duy", 16), ("Tấn", 18), ("Quang", 26), ("", 8),
];

#[rustfmt::skip]
pub const GIVEN_MAN: Weighted = &[
    ("Huy", 48), ("Khang", 44), ("Bảo", 34), ("Minh", 46), ("Phúc", 38), ("Anh", 40), ("Khoa", 40), ("Phát", 30),
    ("Đạt", 34), ("Khôi", 32), ("Long", 30), ("Nam", 30), ("Duy", 30), ("Quân", 30), ("Kiệt", 26), ("Thịnh", 24),
    ("Tuấn", 26), ("Hưng", 24), ("Hoàng", 26), ("Hiếu", 28), ("Nhân", 22), ("Trí", 20), ("Tài", 20), ("Phong", 24),
    ("Nguyên", 22), ("An", 20), ("Phú", 14), ("Thành", 18), ("Đức", 18), ("Dũng", 14), ("Hùng", 14), ("Sơn", 14),
    ("Tùng", 10), ("Lộc", 14), ("Vinh", 16), ("Khánh", 14), ("Trung", 12), ("Quý", 8), ("Thái", 8), ("Hòa", 6),
];

#[rustfmt::skip]
pub const PET_NAME: &[&str] = &[
    "Bin", "Bông", "Cún", "Tôm", "Bắp", "Nấm", "Ken", "Sóc", "Mít", "Na", "Ti", "Su", "Bo", "Jenny", "Tom", "Kem",
];

/// Schools by the age from which they are attended.
#[rustfmt::skip]
pub const SCHOOLS: &[(u32, &[&str])] = &[
    (3, &["Mầm non Hoa Mai", "Mầm non 19/5 Thành phố", "Mầm non Sơn Ca 3", "Mầm non Tuổi Thơ 7"]),
    (6, &["TH Đinh Tiên Hoàng", "TH Nguyễn Bỉnh Khiêm", "TH Hòa Bình", "TH Lê Văn Tám", "TH Phạm Ngũ Lão",
          "TH Nguyễn Thượng Hiền", "TH Hanh Thông", "TH Linh Chiểu", "TH Nguyễn Văn Bá", "TH Bình Triệu"]),
    (11, &["THCS Trần Văn Ơn", "THCS Võ Trường Toản", "THCS Nguyễn Du", "THCS Minh Đức", "THCS Gò Vấp",
           "THCS Nguyễn Văn Trỗi", "THCS Linh Trung", "THCS Bình Thọ", "THCS Lê Quý Đôn", "THCS Phan Tây Hồ"]),
    (15, &["THPT Bùi Thị Xuân", "THPT Trưng Vương", "THPT Chuyên Trần Đại Nghĩa", "THPT Gò Vấp",
           "THPT Nguyễn Công Trứ", "THPT Nguyễn Hữu Huân", "THPT Thủ Đức", "THPT Lê Quý Đôn", "THPT Gia Định"]),
    (18, &["ĐH Bách Khoa TP.HCM", "ĐH Kinh tế TP.HCM", "ĐH Sư phạm Kỹ thuật", "ĐH Công nghiệp TP.HCM",
           "ĐH Nông Lâm", "ĐH Sài Gòn", "ĐH Khoa học Tự nhiên"]),
    (23, &[""]),
];

/// Levels by the age from which they are taught.
#[rustfmt::skip]
pub const LEVELS: &[(u32, &[&str])] = &[
    (3, &["Mẫu giáo K1", "Mẫu giáo K2", "Pre-Starters"]),
    (6, &["Starters", "Movers", "Flyers"]),
    (11, &["KET (A2)", "PET (B1)", "Flyers"]),
    (15, &["PET (B1)", "FCE (B2)", "IELTS 5.0", "IELTS 6.0", "IELTS 6.5"]),
    (18, &["IELTS 5.5", "IELTS 6.5", "IELTS 7.0", "TOEIC 550", "TOEIC 700", "Giao tiếp cơ bản"]),
    (23, &["Giao tiếp cơ bản", "Giao tiếp nâng cao", "TOEIC 550", "Tiếng Anh thương mại", "IELTS 6.0"]),
];

pub const SOURCES: Weighted = &[
    ("Facebook", 34),
    ("Zalo", 18),
    ("Giới thiệu", 22),
    ("Đi ngang qua", 11),
    ("Website", 8),
    ("TikTok", 4),
    ("Hội thảo", 2),
    ("Tờ rơi", 1),
];

/// How the sheets spell a source.
pub const SOURCE_SPELLINGS: &[(&str, &[&str])] = &[
    ("Facebook", &["Facebook", "facebook", "FB", "Fb ads", "face"]),
    ("Zalo", &["Zalo", "zalo", "ZALO OA"]),
    ("Giới thiệu", &["Giới thiệu", "giới thiệu", "Bạn bè giới thiệu", "GT"]),
    ("Đi ngang qua", &["Đi ngang qua", "đi ngang qua", "Vãng lai", "walk in"]),
    ("Website", &["Website", "web", "Landing page"]),
    ("TikTok", &["TikTok", "Tik tok"]),
    ("Hội thảo", &["Hội thảo", "hội thảo"]),
    ("Tờ rơi", &["Tờ rơi", "tờ rơi"]),
];

pub const STATUSES: Weighted = &[
    ("Mới", 12),
    ("Đang tư vấn", 15),
    ("Hẹn học thử", 6),
    ("Đã học thử", 5),
    ("Đang học", 34),
    ("Bảo lưu", 4),
    ("Sắp hết khóa", 6),
    ("Đã nghỉ", 10),
    ("Đã hoàn thành", 5),
    ("Không liên lạc được", 3),
];

/// How the sheets spell a status, beside the plain word.
pub const STATUS_SPELLINGS: &[(&str, &[&str])] = &[
    ("Mới", &["Mới", "mới", "MỚI"]),
    ("Đang tư vấn", &["Đang tư vấn", "đang tv", "Tư vấn"]),
    ("Đang học", &["Đang học", "đang học", "ĐANG HỌC", "Dang hoc"]),
    ("Đã nghỉ", &["Đã nghỉ", "Nghỉ học", "nghỉ"]),
    ("Bảo lưu", &["Bảo lưu", "bảo lưu"]),
];

pub const TAGS: Weighted = &[
    ("Quan tâm IELTS", 20),
    ("Học cuối tuần", 18),
    ("Nhóm bạn", 8),
    ("Ưu đãi 10%", 12),
    ("VIP", 4),
    ("Cần gọi lại", 14),
    ("Lớp tối", 16),
    ("Anh chị em", 8),
    ("Quan tâm du học", 6),
    ("Học hè", 12),
];

/// Advisors of each branch, in the order of [`BRANCHES`].
pub const ADVISORS: &[&[&str]] = &[
    &["Lê Thị Hồng", "Phạm Minh Tú", "Trần Ngọc Diệp", "Võ Hoàng Yến"],
    &["Nguyễn Thị Thu Hà", "Huỳnh Gia Bảo", "Đặng Kim Chi"],
    &["Bùi Thanh Tâm", "Phan Thị Mỹ Linh", "Ngô Quốc Huy"],
];

/// Streets near each branch, in the order of [`BRANCHES`].
pub const STREETS: &[&[&str]] = &[
    &[
        "Nguyễn Trãi, Quận 1",
        "Cống Quỳnh, Quận 1",
        "Trần Hưng Đạo, Quận 5",
        "Điện Biên Phủ, Quận 3",
        "Bến Vân Đồn, Quận 4",
        "Hai Bà Trưng, Quận 1",
    ],
    &[
        "Quang Trung, Gò Vấp",
        "Nguyễn Oanh, Gò Vấp",
        "Phan Văn Trị, Gò Vấp",
        "Lê Đức Thọ, Gò Vấp",
        "Phạm Văn Chiêu, Gò Vấp",
        "Nơ Trang Long, Bình Thạnh",
    ],
    &[
        "Võ Văn Ngân, Thủ Đức",
        "Kha Vạn Cân, Thủ Đức",
        "Đặng Văn Bi, Thủ Đức",
        "Lê Văn Việt, Thủ Đức",
        "Tô Ngọc Vân, Thủ Đức",
        "Đỗ Xuân Hợp, Thủ Đức",
    ],
];

pub const NOTES: &[&str] = &[
    "Mẹ muốn cho bé học cuối tuần",
    "Gọi lại sau 18h, ban ngày bận họp",
    "Đã test đầu vào: nghe tốt, viết yếu",
    "Hỏi học phí 2 lần, chưa chốt\nhẹn cuối tháng",
    "Bé nhút nhát, cần cô giáo \"nhẹ nhàng\"",
    "Ba chở đi học thứ 3; thứ 5 bà ngoại đón",
    "Muốn học thử 1 buổi; so sánh với trung tâm \"gần nhà\"",
    "Chuyển từ chi nhánh khác qua",
    "Học phí đóng theo tháng, có anh trai học cùng",
    "Dị ứng đậu phộng!\nBáo cô chủ nhiệm",
    "Cần chứng chỉ trước tháng 6 để xét tuyển",
    "Không nghe máy 3 lần",
];
